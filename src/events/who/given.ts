// Common given names of the news by the sex they are given to; names of both are in neither. Written by hand for Readout.
const HE = `
abdel abdul abdullah abdulaziz abiy adam adel ahmad ahmed alan albert alejandro aleksandar alexander alexei alexis alfred ali
amir amr anders andre andreas andrei andrew andrzej ángel anthony antonio antony antónio arthur ashraf bashar benjamin benny bernard bill bob
boris boubacar brad brett brian bruce carl carlos charles chris christian christopher chuck colin craig cyril dan daniel david
denis dick dimitri dmitry dmytro donald doug edgar eduardo edward emmanuel emomali enrique eric erik ernesto evo fabian faisal
farhan felipe fernando francis francisco francois françois frank franz fred fuad gabriel gary gavin geir geoffrey george gerald gerhard
giorgio giuseppe gordon graham greg guillermo gustavo hamad hamid hans harald harry hassan heiko heinz helmut henri henry hosni howard hugo
hussein iain ian ibrahim igor ilham imran isaac isaias ismail ivan jack jacob jacques jair jake james jan jason javier jean jeff
jeffrey jens jeremy jerry jesus jim jimmy joachim joao joe joel johannes john johnny jon jonathan jorge jose josé josep joseph joshua
juan julian julius justin kamal karim karl karl-heinz kenneth kevin khalid khalifa kofi kurt lars larry laurent lee leonid lloyd louis luca luis
luiz lukas mahamat mahmoud manuel marc marcelo marco marcus mario mark markus martin mateusz matthew mauricio maurice max mehdi mehmet
michael michel miguel mike mikhail mohamed mohammad mohammed moussa mustafa narendra nayib ned neil nelson nicholas nick nicolas
nicolás nikol nikolai norbert olaf oleg oleksii oleksandr oliver omar orlando oscar osama pablo patrick paul pavel pedro pete peter petr petro
philip philippe pierre piotr prince rafael ralph ramzan rashid raul raúl ray raymond rex ricardo richard riyad rob robert roberto
rodrigo roger roland ronald ruslan russell said saad sam samuel sean sebastian sebastián sergei sergey sergio sheikh shinzo silvio simon stanislav stefan
stephen steve steven tamim tariq tayyip ted thabo thomas tim timothy todd tom tomas tony tobias umaro vaclav valdis victor viktor vincent
vladimir volodymyr walter wang werner wilhelm william willy wolfgang xi yahya yasser yoav yuri yury yves zoran`;
const SHE = `
agnès aisha alejandra alexandra alice alicia alina amanda amina amy ana andrea angela anna annalena anne annegret ann antonia aung avril
barbara beatrice bella betty brigitte carmen carole caroline carolina catherine cecilia charlotte chloe christia christiana christine claire claudia
condoleezza cristina dalia deborah delcy diana dilma doris dorothy ebba ekaterina elena elisabeth elizabeth ellen emily emma erika
esther eva eva-maria evelyn fatima fatou federica fiona florence frances gabriela gina giorgia gloria grace graça greta hanna hannah helen helena helle
hillary hina inna irina isabel isabelle ivana jacinda jane janet jean-marie jennifer jessica joan joanna jody josephine joyce julia julie kaja karen karin kate
katerina katherine kathleen keisha kerstin laura leila linda lisa liz louise lucia lucy magdalena maia malala margaret margarita margot maria marie-louise
marina marine martha mary mariam maryam megan melania mette michèle michelle mirjana monica nadia najla nancy natalia natalie nicola nikki
nina olena olga pamela patricia paula penny priti rachel rania rebecca roberta rosa rosemary ruth samantha sandra sanna sara sarah
sheikha shireen simone sofia sonia sophie stephanie susan suzanne svetlana sviatlana tatiana teresa theresa ursula valerie vera veronica
victoria viktoria vjosa wendy xiomara yulia zainab zuzana`;

const split = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/));
const MEN = split(HE);
const WOMEN = split(SHE);
const TITLES: readonly (readonly [RegExp, 'he' | 'she'])[] = [
  [
    /^(?:mr|sir|king|prince|emir|sultan|sheikh|pope|lord)\b|\b(?:spokesman|chairman|businessman|congressman|brother|father|son|husband)$/i,
    'he',
  ],
  [
    /^(?:mrs|ms|miss|queen|princess|lady|dame)\b|\b(?:spokeswoman|chairwoman|congresswoman|businesswoman|sister|mother|daughter|wife)$/i,
    'she',
  ],
];

/** Whether a person is spoken of as he or she, by the given name or the title; `undefined` where neither tells. */
export function sexOf(words: string): 'he' | 'she' | undefined {
  for (const [title, sex] of TITLES) if (title.test(words)) return sex;
  const parts = words.toLowerCase().split(' ');
  if (parts.length < 2) return undefined;
  if (MEN.has(parts[0]!)) return 'he';
  return WOMEN.has(parts[0]!) ? 'she' : undefined;
}
