/** The English core by itself: words, sentences, tags, lemmas, names and trees. */
export { type AnalyzeOptions, analyze, analyzeWords, sentencesOf } from './analyze.ts';
export { type ConlluSentence, type ConlluWord, readConllu, writeConllu } from './conllu.ts';
export { loadModel, type Model } from './model.ts';
export { type Name, type NameKind, type Sentence, type Token, UPOS, type Upos } from './sentence.ts';
