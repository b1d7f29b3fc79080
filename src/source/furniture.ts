import type { Removed, RemovedReason } from './document.ts';
import type { Span } from './span.ts';

/**
 * Where a line of furniture may stand: before the first paragraph of the article, after the last one, at either end, or
 * anywhere.
 */
type Standing = 'head' | 'foot' | 'ends' | 'anywhere';

interface Rule {
  readonly reason: RemovedReason;
  readonly standing: Standing;
  readonly line: RegExp;
}

/** A line longer than this is a paragraph of the article whatever it begins with; it also bounds the work per line. */
const LONGEST_LINE = 320;

/** A day and a time of day as page heads write them: "Friday, 22 Nov 2024", "Nov. 20, 2019", "4:55 PM MYT". */
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\\.?';
const DAY = `(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\\.?,? )?(?:\\d{1,2}(?:st|nd|rd|th)? ${MONTH},? \\d{4}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})`;
const CLOCK = '\\d{1,2}(?:[:.]\\d\\d){0,2} ?(?:[ap]\\.?m\\.?|hrs)?(?: ?[a-z]{2,5}(?:[+-]\\d{1,2})?)?';

/**
 * The whole table, first hit wins. Each pattern must match a whole line, without its outer blanks, bullets and stars.
 * What a reporter could write as a sentence stands only at the ends, or is not here: losing a sentence of the article
 * is worse than keeping a share bar.
 */
// biome-ignore format: a table reads best in rows
const RULES: readonly Rule[] = [
  // Comment forms.
  rule('comment-form', 'anywhere', /(?:leave|post|add|write|submit) (?:a |your )?(?:reply|comments?)(?: (?:to|on) .{1,80})?(?: cancel reply)?/),
  rule('comment-form', 'anywhere', /be the first (?:one )?to (?:leave a )?comment(?: on .{1,80})?/),
  rule('comment-form', 'anywhere', /your email address will not be published\.?.{0,60}/),
  rule('comment-form', 'anywhere', /required fields are marked.{0,10}/),
  rule('comment-form', 'anywhere', /save my name,? e-?mail,? and website in this browser.{0,60}/),
  rule('comment-form', 'anywhere', /(?:this site uses akismet|learn how your comment data is processed).{0,100}/),
  rule('comment-form', 'anywhere', /you must (?:be logged in|log ?in|sign in|register) to (?:post|leave|add|write) (?:a )?comment.{0,20}/),
  rule('comment-form', 'anywhere', /(?:please )?(?:log ?in|sign in|register)(?: or (?:register|sign up))? to (?:leave a )?(?:comment|reply).{0,20}/),
  rule('comment-form', 'anywhere', /(?:cancel reply|post comment|submit comment|notify me of .{1,60}by e-?mail)/),
  rule('comment-form', 'anywhere', /comments? (?:are|is)(?: now)? (?:closed|disabled|off)(?: (?:on|for) .{1,80})?\.?/),
  rule('comment-form', 'ends', /(?:(?:no|\d{1,5}) (?:comments?|replies|responses?)(?: (?:on|to) .{1,80})?|(?:view|show|read|see|load|hide)(?: all| more)?(?: \d{1,5})? comments?(?: \(\d{1,5}\))?|comments?(?: \(?\d{1,5}\)?| below)?|join the (?:conversation|discussion)|what do you think\?.{0,60}|have your say|reply|(?:name|e-?mail|website|comment|your (?:name|email|comment|message))\s{0,2}\*?)/),
  rule('comment-form', 'ends', /(?:tell us what you think|post comment(?: \(\+\))?|do you have a story to (?:tell|share)\?.{0,120})/),

  // Share bars.
  rule('share-bar', 'anywhere', /(?:share|tweet|pin|post|send|email|e-mail|print|save|like)(?: (?:this|it|the)(?: (?:story|article|post|page|news|on|via|with your friends))?)?(?: (?:on|via|to|with|by|in))?(?: (?:this|your))?(?: (?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|e-?mail|tumblr|vk|viber|messenger|friends|social media|bluesky|mastodon|threads|flipboard|pocket|link))(?:(?:,| and|,? or)? (?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|e-?mail|tumblr|bluesky|threads))*/),
  rule('share-bar', 'anywhere', /click to (?:share|email|e-mail|print|tweet)(?: .{1,60})?(?:\(opens in new window\))?/),
  rule('share-bar', 'anywhere', /(?:share|shares|share this|share it|share now|share article|share story|share this (?:article|story|post|page|news)|sharethis|total shares|spread the word|spread the love)\s{0,2}:?(?: ?\d{1,6}k?)?/),
  rule('share-bar', 'anywhere', /\d[\d.,]{0,6}k?\s(?:shares?|tweets?|retweets?|likes?|views?|reads?|reactions?|claps?)/),
  rule('share-bar', 'anywhere', /(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|tumblr|email|print|copy link|copy url|google\+?|viber|messenger|instagram|youtube|flipboard|pocket|tweet|pin it|bluesky|threads|vkontakte|x)(?:[\s|,·•/]{0,5}(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|tumblr|email|print|copy link|google\+?|viber|messenger|instagram|youtube|flipboard|pocket|tweet|pin it|bluesky|threads|share|x))*/),
  rule('share-bar', 'ends', /(?:like this|like loading|loading|link copied|copied|views?|post views|reactions?)\s{0,2}[:!.…]{0,3}(?: ?\d[\d,]{0,8})?/),

  // Newsletters.
  rule('newsletter', 'anywhere', /(?:please )?(?:sign up|subscribe|register)(?: now| today| here| free)?(?: (?:to|for|with|here|now|today|and)\b.{0,200}(?:newsletters?|mailing list|e-?mails?|inbox|daily|weekly|alerts?|updates?|digest|bulletin|youtube|channel|podcast|notifications?|briefing|feed)\b.{0,120})?[.!]?/),
  rule('newsletter', 'anywhere', /(?:join|get|receive) (?:our|the|your)?.{0,80}(?:newsletters?|mailing list|(?:delivered|sent|straight|right|directly) (?:straight |right |directly )?to your (?:inbox|e-?mail)).{0,120}/),
  rule('newsletter', 'anywhere', /(?:enter|type) your e-?mail(?: address)?.{0,120}/),
  rule('newsletter', 'ends', /(?:newsletters?|subscribe(?: now)?|daily newsletter|e-?mail updates|get (?:our|the) (?:app|latest)|you (?:can|may) unsubscribe at any time.{0,80}|thank you for (?:subscribing|signing up).{0,60})[.!]?/),
  rule('newsletter', 'anywhere', /(?:this content is (?:reserved )?for (?:paying )?(?:subscribers|members)(?: only)?|(?:already a |for )(?:subscriber|member)s?(?: only)?\?(?: (?:sign|log) in)?|(?:subscribers?|members?) only|subscribe now to (?:read|continue|keep|unlock|access)\b.{0,160}|(?:create an account|register|subscribe|sign in)(?:(?: or| \/) (?:sign in|create an account))? to (?:continue (?:reading|with your reading)|keep reading|read (?:more|on|the full .{1,20})|unlock more articles).{0,120})/),
  rule('newsletter', 'anywhere', /(?:check out|for) .{1,100}\bby signing up (?:to|for) .{0,30}newsletters?\b.{0,60}/),
  rule('newsletter', 'ends', /.{0,120}(?:sent straight to your inbox|meet your inbox|in your inbox every \w{3,10}|sign up (?:to|for) (?:our|the|\w{2,12}[’']s) .{0,40}(?:newsletters?|e-?mails?|alerts)).{0,120}/),

  // Sign-offs.
  rule('sign-off', 'anywhere', /(?:please )?stay (?:tuned|connected|updated|informed)(?: (?:to|with|for|at)\b.{1,120}?)?[.!]{0,3}/),
  rule('sign-off', 'anywhere', /(?:please )?(?:also )?(?:follow|like|find|join|connect with|visit|check out|add|watch|subscribe to)(?: and (?:follow|like|subscribe to))?(?: (?:us|me|our (?:page|channel|website|telegram|whatsapp|official)))\b.{0,40}\b(?:facebook|twitter|instagram|telegram|youtube|linkedin|whatsapp|google news|social media|bluesky|threads|tiktok|wechat|viber|channel|here|@\w{1,30})\b.{0,120}/),
  rule('sign-off', 'anywhere', /follow .{1,60} (?:on|via) (?:our )?(?:facebook|twitter|x|instagram|telegram|youtube|linkedin|whatsapp|google news|social media|bluesky|threads|tiktok)\b.{0,80}/),
  rule('sign-off', 'ends', /(?:please )?(?:follow|like|join|contact|visit) us\b.{0,120}/),
  rule('sign-off', 'ends', /(?:for|to read|to get|to see) (?:more|further|the latest|all the latest|latest|breaking|daily|live)(?: [\w’'-]{1,20}){0,8},? (?:please )?(?:follow|visit|subscribe|download|click|log on|stay tuned|tune in|check out|go to|read|join us|sign up|keep up)\b.{0,120}/),
  rule('sign-off', 'ends', /(?:download|get|install) (?:the|our|\w{1,20}(?: \w{1,20})?) (?:mobile |news |free |android |iphone )?app\b.{0,120}/),
  rule('sign-off', 'ends', /(?:read all the|get (?:all )?the|catch all the|find all the) (?:latest|breaking|top).{0,120}\b(?:here|on|with|at)\b.{0,60}/),
  rule('sign-off', 'ends', /(?:thank you|thanks) for (?:reading|visiting|watching|following)\b.{0,100}/),
  rule('sign-off', 'foot', /with (?:inputs?|additional reporting|files) (?:from|by)\b.{0,160}/),
  rule('sign-off', 'foot', /this (?:story|article|piece)(?: has been| was| is)? (?:first |originally |also |auto-?){0,2}(?:published|generated|reprinted|republished|posted|translated|adapted|updated|produced)\b.{0,160}/),
  rule('sign-off', 'ends', /(?:sources?|via)\s{0,2}:\s{0,2}\S.{0,60}/),
  rule('sign-off', 'foot', /(?:ends?|-?30-?|#{2,3}|\(ends?\)|ends -|the end)/),
  rule('sign-off', 'ends', /(?:got a (?:news )?tip|have a (?:story|tip)|support (?:our|independent) (?:journalism|work)|donate(?: now| today)?|become a (?:member|supporter|patron)\b).{0,120}/),
  rule('sign-off', 'foot', /(?:about the author|about us|disclaimer)(?:\s{0,2}:.{0,200})?/),
  rule('sign-off', 'foot', /.{3,240}\bcontributed (?:reporting )?(?:to this (?:report|story|article|piece)|from \S.{1,60})\.?/),
  rule('sign-off', 'foot', /(?:get in touch with|reach|contact|e-?mail) (?:our|the) (?:news ?(?:team|desk|room)|reporters?|authors?|writers?|editors?)\b.{0,120}/),
  rule('sign-off', 'ends', /(?:for more (?:stories|news|articles) like this|follow (?:\w{2,12}[’']s|our) (?:full )?coverage\b).{0,160}/),

  // Related links.
  rule('related', 'anywhere', /(?:read|see|watch|view|listen|also read|read also|see also|also see|must read|don[’']t miss|you may also like|related|in pictures|recommended|more on this|more from|explore more)(?: (?:more|also|next|now|on|this))?\s{0,2}[:|>»].{0,200}/),
  rule('related', 'anywhere', /(?:also read|read also|read more|read next|read this|see also|must read|more news|related (?:news|stories|articles?|posts?|topics?|content|links?|coverage|reading|items)|more (?:stories|articles|posts|headlines|videos|related|reading)|similar (?:news|stories|articles|posts)|recommended (?:stories|articles|for you|reading|videos?)|recommended|related|(?:you (?:may|might|will) )(?:also )?(?:like|be interested in|enjoy)|don[’']t miss|in case you missed it|what to read next|up next|keep reading|continue reading|trending(?: now| stories| news)?|most (?:read|popular|viewed|shared|commented)|popular (?:posts|stories|articles|news)|latest (?:news|stories|posts|articles|headlines|videos?)|top (?:stories|news|headlines)|editor[’']?s[’']? (?:picks?|choice)|from (?:around )?the web|promoted (?:content|stories)|around the web|also on (?:news|politics|world)|elsewhere on (?:the )?\w{1,20}|more (?:in|from|on|about) (?:this |the )?[\w’' &-]{1,40})\s{0,2}[:….»>!]{0,3}/),
  rule('related', 'anywhere', /more\s?[:|>»] [^.]{8,160}/),
  rule('related', 'anywhere', /related (?:post|story|article|video|reading)s?\s?: .{4,200}/),
  rule('related', 'ends', /(?:recent (?:articles|posts|stories|news)|popular (?:this|now|today)(?: \w{3,8})?|more (?:great|top|of our) [\w’' ]{0,24}stories)/),

  // Navigation.
  rule('navigation', 'anywhere', /(?:skip to (?:main )?(?:content|navigation|menu)|back to top|scroll to top|toggle navigation|main menu|open menu|close menu|jump to .{1,30}|(?:show|view|hide) (?:more|less|all)|load more|click here(?: (?:to|for) .{1,80})?)/),
  rule('navigation', 'anywhere', /(?:home|homepage|main|front page)\s{0,2}(?:[»›>/|→·][^»›>/|→·]{1,44}){1,6}/),
  rule('navigation', 'ends', /(?:home|menu|search|login|log ?in|sign in|sign up|register|my account|contact|contact us|about|about us|privacy policy|terms of (?:use|service)|terms and conditions|sitemap|faq|help|advertise(?: with us)?|careers|archives?|categories|tags|sections|e-?paper|next|previous|prev|older posts|newer posts|play|pause|mute|listen|watch live|live tv|close|advertise here|video|videos|photos|gallery|opinion|world|politics|business|sports?|entertainment|technology|health|science|lifestyle|subscribe)/),
  rule('navigation', 'ends', /(?:previous|next|prev|older|newer) (?:post|article|story|page|entry)\b\s{0,2}[:»›>]?.{0,160}/),
  rule('navigation', 'ends', /(?:tags?|tagged(?: with| as)?|topics?|filed under|posted in|categor(?:y|ies)|keywords?|labels?|sections?|related topics|in this (?:story|article))\s{0,2}:.{0,200}/),
  rule('navigation', 'ends', /(?:listen to (?:this )?(?:article|story)|article audio|text size|font size|reading time)\b.{0,60}|\d{1,3}[- ]min(?:ute)?s?(?: read)?/),
  rule('navigation', 'ends', /[^|›»]{2,30}(?:[|›»][^|›»]{2,30}){2,12}/),
  rule('navigation', 'anywhere', /(?:to (?:view|watch|play) this (?:video|content),? please enable javascript|this (?:video|slideshow|content|page|site) requires javascript|(?:please )?enable javascript to|your browser (?:does not|doesn[’']t) support).{0,140}/),
  rule('navigation', 'anywhere', /(?:image|photo|picture|slide|gallery)? ?\d{1,3} (?:of|\/)(?: \/)? ?\d{1,3}(?: (?:images?|photos?|slides?))?|article content|view author archive|e-?mail the author|follow on (?:twitter|x|facebook)|(?:return|back) to (?:previous page|homepage|home)/),
  rule('navigation', 'anywhere', /(?:video )?duration:? \d{1,3}:\d\d(?::\d\d)?/),

  // Copyright lines.
  rule('copyright', 'anywhere', /(?:©|\(c\)\s{0,2}(?:copyright|\d{4})|copyright\s{0,2}(?:©|\(c\)|\d{4}|[:|])).{0,300}/),
  rule('copyright', 'anywhere', /.{0,200}\ball rights reserved\b.{0,200}/),
  rule('copyright', 'anywhere', /(?:this (?:material|article|content|story|work) may not be|no part of this|(?:this )?(?:content|work|article) (?:is )?licen[sc]ed under|unauthori[sz]ed (?:use|reproduction)|reproduction in whole or in part).{0,260}/),

  // Cookie notices.
  rule('cookie-notice', 'anywhere', /(?:we(?: and our partners)?|this (?:web)?site|our (?:web)?site|by (?:continuing|using|clicking|browsing|visiting|closing)|to (?:improve|give you|provide|make))\b.{0,140}\bcookies?\b.{0,200}/),
  rule('cookie-notice', 'anywhere', /(?:cookies?|cookie (?:policy|settings|preferences|notice|consent)|accept (?:all|and (?:continue|close))|manage (?:consent|preferences|settings)|we (?:and our partners )?(?:value|respect|care about) your privacy.{0,200})/),

  // Advertisements.
  rule('advertisement', 'anywhere', /(?:ad|ads|advert|advertisements?(?: \d{1,2})?|advertisment|advertising|sponsored(?: content| by .{1,60}| links?| post)?|promoted|paid content|ad feedback)(?:(?: [-–—] |\s?[:|]).{0,60})?/),
  rule('advertisement', 'anywhere', /(?:(?:story|article|report|text)? ?continues? (?:below|after|reading)|scroll (?:down )?to continue|continue reading below|remove ads).{0,80}/),

  // Captions and credits.
  rule('caption', 'anywhere', /[([](?:(?:file |pool |handout |representative |representational |illustrative |undated |courtesy )*(?:photo|photograph|photos|image|images|picture|pictures|pic|illustration|credit|caption|video|graphic|map|infographic)s?(?: (?:credits?|courtesy|source|by|via|caption))?)\b.{0,200}[)\]]\.?/),
  rule('caption', 'anywhere', /(?:(?:file|pool|handout|representative|representational|illustrative|undated|cover|main|top|featured?|lead) )?(?:photo|photograph|photos|image|images|picture|pictures|pic|illustration|video|graphic|map|caption)s?(?: (?:credits?|courtesy(?: of)?|source|by|caption))?\s{0,2}[:|©].{0,260}/),
  rule('caption', 'anywhere', /(?:photo|photograph|image|picture|illustration|graphic)s?(?: (?:credits?|courtesy|source|supplied by)\b.{0,120}| (?:by|via) \S{1,30}(?: \S{1,30}){0,3})/),
  rule('caption', 'anywhere', /.{0,260}[([/|–—-]\s{0,2}(?:getty(?: images)?|afp(?:\/getty(?: images)?)?|ap photo|epa(?:-efe)?|reuters photo|ap\/press association|shutterstock|file photo|archive photo|file pic|handout photo|pool photo|courtesy photo|istock|unsplash|pixabay|wikimedia(?: commons)?)\b[\w ,/&]{0,40}[)\]]?\.?/),
  rule('caption', 'anywhere', /(?:file (?:photo|image|picture|pic)|getty images|ap photo|afp photo|representational image|enlarge(?: image)?|view image|click to (?:enlarge|expand))\b.{0,120}/),
  rule('caption', 'anywhere', /.{12,260}\s[–—-]{1,2}\s?(?:pictures?|photos?|photographs?|images?|pix) (?:by|via|from|courtesy of) \S.{1,60}/),

  // Bylines and date lines.
  rule('byline', 'foot', /[([]?(?:reporting|additional reporting|writing|compiled|edited|editing|translated) by\b.{0,260}/),
  rule('byline', 'ends', /(?:author|authors|written by|posted by|published by|reporter|correspondent|writer|editor|edited by|staff report(?:er|s)?|staff writer|news desk|web desk|monitoring desk|our correspondent|(?:by|from) our (?:correspondents?|staff|special).{0,60})(?:\s{0,2}[:|].{0,120})?/),
  rule('byline', 'ends', /(?:first |last |originally )?(?:published|updated|posted|modified|last modified|issued|uploaded|date|published on|updated on|posted on|last update|created)\s{0,2}(?:[:|]|on\b|at\b|(?=[\d]|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)).{0,120}/),
  rule('byline', 'anywhere', /(?:published|posted|updated)\s?: ?\d.{4,40}\|\s?(?:updated|modified)\s?: ?\d.{4,40}/),
  rule('byline', 'ends', /(?:(?:\d{1,2}|an?) (?:minute|min|hour|hr|day|week|month|year)s? ago)/),
  rule('byline', 'ends', new RegExp(`(?:${CLOCK}[ ,|•·–—-]{1,4})?${DAY}(?:[ ,|•·–—@-]{1,4}(?:at )?${CLOCK})?(?:[ ,|•·–—-]{0,4}(?:updated|last updated|modified)\\s?:? ?${DAY}.{0,24})?`)),
  rule('byline', 'ends', /(?:(?:senior|chief|deputy|associate|assistant|staff|special|foreign|political|diplomatic|defen[cs]e|economics?|business|science|security|world|national|white house) ){1,3}(?:correspondent|reporter|editor|writer)s?/),
];

/** A byline by its shape: "By" and capitalised words. The letters' case decides, so it is no row of the table. */
const BYLINE: Rule = {
  reason: 'byline',
  standing: 'ends',
  line: /^(?:By|BY):? (?=\p{Lu})(?:\p{Lu}[\p{L}.’'-]{0,30}|and|in|for|of|the|at|de|van|von|al|&|[|·•/–—-]|\d[\d:]{0,5})(?:,?\s{1,2}(?:\p{Lu}[\p{L}.’'-]{0,30}|and|in|for|of|the|at|de|van|von|al|&|[|·•/–—-]|\d[\d:]{0,5})){0,17}\s{0,2}[,|]?$/u,
};
const NO_NAME =
  /^(?:By|BY):? (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|The|This|That|All|Then|Now)/;

/** Credits that stand in brackets inside a paragraph. */
const CREDIT_INSIDE =
  /[([](?:file |pool |handout )?(?:photo|photograph|image|picture|photo credit|image credit|credit)s?(?:\s{0,2}:| by | courtesy )[^()[\]\n]{1,120}[)\]]/giu;

interface Line extends Span {
  /** The line without outer blanks, bullets and stars; empty when it is too long to be furniture. */
  readonly words: string;
  readonly prose: boolean;
  readonly rule: Rule | null;
}

/**
 * Page furniture in plain text, in order and not overlapping: comment forms, share bars, newsletter lines, sign-offs,
 * related links, navigation, copyright, cookie notices, advertisements, captions, bylines. Works line by line, in time
 * linear in the text. Nothing inside a paragraph is touched but credits in brackets.
 */
export function findFurniture(text: string): readonly Removed[] {
  const lines = linesOf(text);
  const first = lines.findIndex(isBody);
  const last = lines.findLastIndex(isBody);
  const removed: Removed[] = [];
  // Under a heading like "More news" stand headlines, under a comment form its fields.
  let under: RemovedReason | null = null;
  for (const [index, line] of lines.entries()) {
    const foot = last >= 0 && index > last;
    const head = first >= 0 && index < first;
    const fits = line.rule && stands(line.rule.standing, head, foot);
    if (fits) {
      removed.push(...cut(text, line, line.rule!.reason));
      under = line.rule!.reason === 'related' || line.rule!.reason === 'comment-form' ? line.rule!.reason : null;
    } else if (foot && under === 'related' && line.words !== '' && !/[.!?]["”’]?$/.test(line.words)) {
      removed.push(...cut(text, line, 'related'));
    } else {
      under = foot ? under : null;
      for (const match of text.slice(line.from, line.to).matchAll(CREDIT_INSIDE)) {
        const from = line.from + match.index;
        removed.push({ from, to: from + match[0].length, reason: 'caption' });
      }
    }
  }
  return removed;
}

function rule(reason: RemovedReason, standing: Standing, line: RegExp): Rule {
  return { reason, standing, line: new RegExp(`^(?:${line.source})[\\s:!…»>]{0,3}$`, 'iu') };
}

function stands(standing: Standing, head: boolean, foot: boolean): boolean {
  if (standing === 'anywhere') return true;
  if (standing === 'ends') return head || foot;
  return standing === 'head' ? head : foot;
}

// "(Reporting by …; editing by …)" and "Thank you for reading …" look like prose, but no report goes on after them;
// any other paragraph is the article's, whatever it begins with.
function isBody(line: Line): boolean {
  if (!line.prose) return false;
  if (!line.rule || line.rule === BYLINE) return true;
  if (line.rule.standing === 'anywhere' || line.rule.standing === 'foot') return false;
  return line.rule.reason !== 'newsletter' && line.rule.reason !== 'sign-off';
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    if (to > from) lines.push(lineOf(text, from, to));
    from = to + 1;
  }
  return lines;
}

function lineOf(text: string, from: number, to: number): Line {
  if (to - from > LONGEST_LINE * 2) return { from, to, words: '', prose: true, rule: null };
  const words = text
    .slice(from, to)
    .replace(/^[\s*•·▪►>–—-]+/, '')
    .trimEnd()
    .replace(/(?<![\s*•·])[\s*•·]+$/, '');
  if (words.length > LONGEST_LINE) return { from, to, words: '', prose: true, rule: null };
  const found = words === '' ? null : ruleFor(words);
  return { from, to, words, prose: isProse(words), rule: found };
}

function ruleFor(words: string): Rule | null {
  const found = RULES.find((rule) => rule.line.test(words));
  if (found) return found;
  return BYLINE.line.test(words) && !NO_NAME.test(words) ? BYLINE : null;
}

// A paragraph of an article: eight words or more that end as sentences do, or a long line.
function isProse(words: string): boolean {
  if (words.length > 160) return true;
  const count = words.split(/\s+/, 9).length;
  return count >= 8 && /[.!?:;,…]["”’')\]]*$/.test(words);
}

function cut(text: string, line: Line, reason: RemovedReason): readonly Removed[] {
  const words = text.slice(line.from, line.to);
  const from = line.from + (words.length - words.trimStart().length);
  const to = line.from + words.trimEnd().length;
  return to > from ? [{ from, to, reason }] : [];
}
