import type { Outlet, OutletKind } from './document.ts';

/** An outlet this table knows: by the end of its host name, by its name, or both. */
interface KnownOutlet {
  readonly kind: OutletKind;
  readonly country: string | null;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly also: readonly string[];
}

// Facts, kept by hand: kind | country | name | host names | other names. International bodies and agencies of no one
// state have no country.
const TABLE = `
wire|GBR|Reuters|reuters.com|Thomson Reuters
wire|USA|Associated Press|apnews.com ap.org|AP;The Associated Press
wire|FRA|Agence France-Presse|afp.com|AFP
wire|USA|United Press International|upi.com|UPI
wire|RUS|TASS|tass.com tass.ru|ITAR-TASS
wire|RUS|RIA Novosti|ria.ru|RIA
wire|RUS|Interfax|interfax.com interfax.ru|
wire|RUS|Sputnik|sputniknews.com|
wire|CHN|Xinhua|xinhuanet.com news.cn|Xinhua News Agency
wire|CHN|China News Service|chinanews.com.cn ecns.cn|
wire|DEU|dpa|dpa.com|Deutsche Presse-Agentur
wire|ITA|ANSA|ansa.it|
wire|ESP|EFE|efe.com|Agencia EFE
wire|TUR|Anadolu Agency|aa.com.tr|Anadolu;AA
wire|JPN|Kyodo News|kyodonews.net kyodonews.jp|Kyodo
wire|JPN|Jiji Press|jiji.com|Jiji
wire|KOR|Yonhap|yna.co.kr yonhapnews.co.kr|Yonhap News Agency
wire|PRK|KCNA|kcna.kp kcna.co.jp|Korean Central News Agency
wire|IND|Press Trust of India|ptinews.com|PTI
wire|IND|ANI|aninews.in|Asian News International
wire|PAK|Associated Press of Pakistan|app.com.pk|APP
wire|IRN|IRNA|irna.ir|Islamic Republic News Agency
wire|IRN|Mehr News Agency|mehrnews.com|Mehr
wire|IRN|Tasnim|tasnimnews.com|Tasnim News Agency
wire|SYR|SANA|sana.sy|Syrian Arab News Agency
wire|SAU|Saudi Press Agency|spa.gov.sa|SPA
wire|ARE|WAM|wam.ae|Emirates News Agency
wire|QAT|Qatar News Agency|qna.org.qa|QNA
wire|KWT|KUNA|kuna.net.kw|Kuwait News Agency
wire|EGY|MENA|mena.org.eg|Middle East News Agency
wire|UKR|Ukrinform|ukrinform.net ukrinform.ua|
wire|UKR|Interfax-Ukraine|interfax.com.ua|
wire|BLR|BelTA|belta.by|
wire|POL|Polish Press Agency|pap.pl|PAP
wire|GBR|PA Media|pamediagroup.com|Press Association
wire|AUS|Australian Associated Press|aap.com.au|AAP
wire|CAN|The Canadian Press|thecanadianpress.com|Canadian Press
wire|USA|Bloomberg|bloomberg.com|Bloomberg News
wire|VNM|Vietnam News Agency|vnanet.vn|VNA
wire|IDN|Antara|antaranews.com|Antara News
wire|CUB|Prensa Latina|prensa-latina.cu plenglish.com|
official|USA|U.S. Department of State|state.gov|US Department of State;State Department
official|USA|The White House|whitehouse.gov|White House
official|USA|U.S. Department of Defense|defense.gov|Department of Defense;Pentagon
official|USA|U.S. Department of the Treasury|treasury.gov|Department of the Treasury
official|RUS|President of Russia|kremlin.ru|Kremlin
official|RUS|Ministry of Foreign Affairs of Russia|mid.ru|
official|RUS|Government of Russia|government.ru|
official|CHN|Ministry of Foreign Affairs of China|fmprc.gov.cn mfa.gov.cn|
official|GBR|GOV.UK|gov.uk|Foreign, Commonwealth & Development Office;Foreign Office;FCDO
official|FRA|Élysée|elysee.fr|Elysee
official|FRA|France Diplomatie|diplomatie.gouv.fr|
official|DEU|Federal Foreign Office|auswaertiges-amt.de|Auswärtiges Amt
official|DEU|Bundesregierung|bundesregierung.de bundeskanzler.de|
official|ITA|Farnesina|esteri.it|
official|CHE|Swiss Federal Authorities|admin.ch|
official|JPN|Ministry of Foreign Affairs of Japan|mofa.go.jp|
official|IND|Ministry of External Affairs of India|mea.gov.in|
official|TUR|Ministry of Foreign Affairs of Türkiye|mfa.gov.tr|
official|UKR|President of Ukraine|president.gov.ua|
official|ISR|Israel Ministry of Foreign Affairs|mfa.gov.il|
official|VAT|Holy See|vatican.va|Vatican
official||European Union|europa.eu|European Commission;European Council;Council of the European Union;European External Action Service;EEAS;European Parliament
official||NATO|nato.int|North Atlantic Treaty Organization
official||United Nations|un.org|UN;UN Security Council
official||OSCE|osce.org|
official||African Union|au.int|
official||ASEAN|asean.org|
official||International Atomic Energy Agency|iaea.org|IAEA
official||International Court of Justice|icj-cij.org|
official||World Trade Organization|wto.org|WTO
official||Organization of American States|oas.org|OAS
official||Arab League|leagueofarabstates.net|League of Arab States
official||International Monetary Fund|imf.org|IMF
official||World Health Organization|who.int|WHO
official||OPCW|opcw.org|Organisation for the Prohibition of Chemical Weapons
official||World Bank|worldbank.org|
official||UNHCR|unhcr.org|
official||OHCHR|ohchr.org|
official||UNICEF|unicef.org|
official||UNRWA|unrwa.org|
official||UNDP|undp.org|
official||OCHA|unocha.org|
official||World Food Programme|wfp.org|WFP
official||UNESCO|unesco.org|
official||International Labour Organization|ilo.org|ILO
official||FAO|fao.org|
official||CTBTO|ctbto.org|
official||OECD|oecd.org|
official||OPEC|opec.org|
official||APEC|apec.org|
official||Asian Development Bank|adb.org|ADB
official||Shanghai Cooperation Organisation|sectsco.org|SCO
official||Eurasian Economic Union|eaeunion.org|
official||CSTO|odkb-csto.org|Collective Security Treaty Organization
official||Gulf Cooperation Council|gcc-sg.org|GCC
official||Organisation of Islamic Cooperation|oic-oci.org|OIC
official||The Commonwealth|thecommonwealth.org|
official||CARICOM|caricom.org|
official||Pacific Islands Forum|forumsec.org|
official||SAARC|saarc-sec.org|
official|NLD|Government of the Netherlands|government.nl rijksoverheid.nl|
official|SWE|Government Offices of Sweden|government.se regeringen.se|
official|NOR|Government of Norway|regjeringen.no|
official|DNK|Ministry of Foreign Affairs of Denmark|um.dk|
official|FIN|Ministry for Foreign Affairs of Finland|um.fi formin.fi|
official|EST|Ministry of Foreign Affairs of Estonia|vm.ee|
official|LTU|Ministry of Foreign Affairs of Lithuania|urm.lt|
official|CZE|Ministry of Foreign Affairs of the Czech Republic|mzv.cz mzv.gov.cz|
official|CZE|Prague Castle|hrad.cz|
official|SVK|Ministry of Foreign Affairs of Slovakia|mzv.sk|
official|SVK|President of Slovakia|prezident.sk|
official|HUN|Government of Hungary|kormany.hu|
official|ROU|Ministry of Foreign Affairs of Romania|mae.ro|
official|ROU|President of Romania|presidency.ro|
official|HRV|Ministry of Foreign Affairs of Croatia|mvep.hr|
official|BEL|Belgian Foreign Affairs|belgium.be|
official|ITA|Government of Italy|governo.it|
official|ITA|Quirinale|quirinale.it|
official|DEU|Bundestag|bundestag.de|
official|DEU|Bundespräsident|bundespraesident.de|
official|ARM|Prime Minister of Armenia|primeminister.am|
official|IRN|Supreme Leader of Iran|leader.ir khamenei.ir|
official|IND|Government of India|nic.in|
news|GBR|BBC|bbc.com bbc.co.uk|BBC News
news|GBR|The Guardian|theguardian.com|Guardian
news|GBR|Financial Times|ft.com|
news|USA|The New York Times|nytimes.com|New York Times
news|USA|The Washington Post|washingtonpost.com|Washington Post
news|USA|The Wall Street Journal|wsj.com|Wall Street Journal
news|USA|CNN|cnn.com|
news|USA|NPR|npr.org|
news|USA|Voice of America|voanews.com|VOA
news|USA|Politico|politico.com|
news|USA|Radio Free Europe/Radio Liberty|rferl.org|RFE/RL
news|QAT|Al Jazeera|aljazeera.com|
news|DEU|Deutsche Welle|dw.com|DW
news|FRA|France 24|france24.com|
news|RUS|RT|rt.com|
news|CHN|CGTN|cgtn.com|
news|CHN|Global Times|globaltimes.cn|
news|HKG|South China Morning Post|scmp.com|
news|ISR|The Times of Israel|timesofisrael.com|
news|SAU|Arab News|arabnews.com|
news|PAK|Dawn|dawn.com|
news|SGP|The Straits Times|straitstimes.com|
news|FRA|Euronews|euronews.com|
other||ReliefWeb|reliefweb.int|
other||Wikipedia|wikipedia.org|
other||X|twitter.com x.com|Twitter
other||Facebook|facebook.com|
other||YouTube|youtube.com|
other||Medium|medium.com|
other||Substack|substack.com|
other||WordPress|wordpress.com|
other||Blogger|blogspot.com|
other||Reddit|reddit.com|
`;

/** Country-code top-level domains to ISO 3166-1 alpha-3; those sold to everyone (.io, .tv, .co, .me …) are left out. */
const DOMAIN_COUNTRIES =
  'ad AND ae ARE af AFG ag ATG al ALB ao AGO ar ARG at AUT au AUS az AZE ba BIH bb BRB bd BGD be BEL bf BFA bg BGR ' +
  'bh BHR bi BDI bj BEN bn BRN bo BOL br BRA bs BHS bt BTN bw BWA by BLR bz BLZ ca CAN cd COD cf CAF cg COG ch CHE ci CIV ' +
  'cl CHL cm CMR cn CHN cr CRI cu CUB cv CPV cy CYP cz CZE de DEU dj DJI dk DNK dm DMA do DOM dz DZA ec ECU ee EST ' +
  'eg EGY er ERI es ESP et ETH fi FIN fj FJI fr FRA ga GAB gb GBR gd GRD ge GEO gh GHA gm GMB gn GIN gq GNQ gr GRC ' +
  'gt GTM gw GNB gy GUY hk HKG hn HND hr HRV ht HTI hu HUN id IDN ie IRL il ISR in IND iq IRQ ir IRN is ISL it ITA ' +
  'jm JAM jo JOR jp JPN ke KEN kg KGZ kh KHM ki KIR km COM kn KNA kp PRK kr KOR kw KWT kz KAZ lb LBN lc LCA li LIE ' +
  'lk LKA lr LBR ls LSO lt LTU lu LUX lv LVA ma MAR mc MCO md MDA mg MDG mh MHL mk MKD ml MLI mm MMR mn MNG mr MRT ' +
  'mt MLT mu MUS mv MDV mw MWI mx MEX my MYS mz MOZ na NAM ne NER ng NGA ni NIC nl NLD no NOR np NPL nr NRU nz NZL ' +
  'om OMN pa PAN pe PER pg PNG ph PHL pk PAK pl POL ps PSE pt PRT pw PLW py PRY qa QAT ro ROU rs SRB ru RUS rw RWA ' +
  'sa SAU sb SLB sd SDN se SWE sg SGP si SVN sk SVK sl SLE sm SMR sn SEN so SOM sr SUR ss SSD sv SLV sy SYR sz SWZ ' +
  'td TCD tg TGO th THA tj TJK tl TLS tm TKM tn TUN tr TUR tt TTO tw TWN tz TZA ua UKR ug UGA uk GBR uy URY uz UZB ' +
  'va VAT ve VEN vn VNM vu VUT ye YEM za ZAF zm ZMB zw ZWE';

// gov.uk, gouv.fr, gob.mx, go.jp, gc.ca, govt.nz, gov, mil, mil.ru; and .int, which only treaty bodies can have.
const OFFICIAL_HOST =
  /(?:^|\.)(?:gov|govt|gouv|gob|gub|go|gc|gv|guv|mil|parliament|president|presidency|presidence|primeminister|government|mfa|mofa|mid|mae|diplomatie)\.[a-z]{2}$|\.(?:gov|mil|int)$/;

const OFFICIAL_NAME =
  /\b(?:ministry of|ministry for|\w+ ministry$|department of (?:state|defen[cs]e|foreign|the treasury)|office of the (?:president|prime minister|spokesperson|press secretary)|(?:president|government|parliament|embassy|consulate|cabinet) of\b|prime minister’s office|prime minister's office|foreign office$|chancellery|press service of|permanent mission|state duma|national security council|united nations|european (?:union|commission|council)|presidency\b|presidential (?:office|palace|administration))/i;

const AGENCY_NAME = /\b(?:news|press|telegraph|information) agency\b|\b(?:news)?wire(?: service)?$/i;

/** What heads a statement, alone in its line or with the name of the body. */
const RELEASE =
  '(?:for immediate release|(?:joint )?(?:press|news|media) (?:release|statement|note|communiqu[eé]|advisory)|(?:official |joint |presidential )?(?:statement|communiqu[eé]|declaration)|fact sheet|readout|remarks|notice to the press)';
const RELEASE_ALONE = new RegExp(`^${RELEASE}(?: (?:no\\.? ?)?[\\w()/.-]{1,16})?[:.]?$`, 'i');
const RELEASE_WITH_NAME = new RegExp(
  `^(?:${RELEASE}s?(?: (?:by|of|from) | ?[:|–—-] ?)(?:the )?(.{2,90})|(?:the )?(.{2,70}?)[:|,–—-]? ${RELEASE}(?: [\\w()/.-]{1,16})?)$`,
  'i',
);
/** Lines that only one body's statements begin with, or only its press office signs. */
const OPENINGS: readonly (readonly [RegExp, string])[] = [
  [/^office of the spokes(?:person|man|woman)$/i, 'U.S. Department of State'],
  [/^the (?:below|following) is attributable to (?:the )?(?:\w+ ){0,3}spokesperson\b/i, 'U.S. Department of State'],
  [/^\p{L}.{2,40}, (?:u\.s\. )?secretary of state$/iu, 'U.S. Department of State'],
  [/^the white house$/i, 'The White House'],
  [
    /^the following (?:statement|note) was issued .{0,40}\b(?:by|on behalf of) .{0,40}\bun(?:ited nations)? secretary-general\b/i,
    'United Nations',
  ],
  [
    /^the members of the security council (?:condemned|expressed|welcomed|reiterated|called|took note)\b/i,
    'United Nations',
  ],
];
/** Those that stand in news too, and need the word for a statement beside them. */
const SHARED: ReadonlySet<number> = new Set([2, 3]);

const CREDITS: readonly RegExp[] = [
  /^[\s*]{0,3}\p{Lu}[\p{L}.,’'/ -]{1,50}(?:\d{1,2}[\p{L}., ]{0,14}(?:\d{4})?[,. ]{0,3})?\((\p{Lu}[\p{L}\d.&’' -]{1,40})\)\s{0,2}(?:--?|–|—|:)/u,
  /^((?:\p{Lu}[\p{L}\d.&’'-]{0,20} ?){1,5}?) ?\| ?(?:\p{Lu}[\p{L}:]{2,12},? ){0,2}(?:\d{1,2} \p{Lu}\p{L}{2,8},?|\p{Lu}\p{L}{2,8} \d{1,2},) \d{4}\b/u,
  /^Sources?: ?((?:(?:\p{Lu}|of)[\p{L}\d&’'-]{0,20} ?){1,5})$/u,
];

const COUNTRY_OF_DOMAIN: ReadonlyMap<string, string> = (() => {
  const words = DOMAIN_COUNTRIES.split(' ');
  const countries = new Map<string, string>();
  for (let i = 0; i < words.length; i += 2) countries.set(words[i]!, words[i + 1]!);
  return countries;
})();

const KNOWN: readonly KnownOutlet[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [kind, country, name, hosts, also] = line.split('|') as [OutletKind, string, string, string, string];
    return { kind, country: country || null, name, hosts: hosts.split(' '), also: also.split(';').filter(Boolean) };
  });

const BY_HOST = new Map(KNOWN.flatMap((outlet) => outlet.hosts.map((host): [string, KnownOutlet] => [host, outlet])));
const BY_NAME = new Map(
  KNOWN.flatMap((outlet) => [outlet.name, ...outlet.also].map((name): [string, KnownOutlet] => [plain(name), outlet])),
);

/**
 * The outlet behind a document, from the name it gives itself and its address; null when neither is known. A government
 * or international body is `official`, a news agency `wire`, a platform anyone writes on `other`, the rest `news`. The
 * country is told only where a table or a country's own domain tells it.
 */
export function outletOf(name: string | null, url: string | null): Outlet | null {
  const host = hostOf(url);
  const named = name?.trim() ? name.trim() : null;
  const known = (named && BY_NAME.get(plain(named))) || (host && byHost(host)) || null;
  if (known) return { name: named ?? known.name, kind: known.kind, country: known.country };
  if (!named && !host) return null;
  const official = (host !== null && OFFICIAL_HOST.test(host)) || (named !== null && OFFICIAL_NAME.test(named));
  const kind = official ? 'official' : named !== null && AGENCY_NAME.test(named) ? 'wire' : 'news';
  return { name: named ?? host!, kind, country: host ? countryOf(host) : null };
}

/**
 * The outlet a plain text names: in its dateline, "VALLETTA, March 18, 2031 (Meridian Wire) -", before its date,
 * "Northgate Times | 26 March 2031", or in a line "Source: Skerry Post". Looks at the first and last lines; null when
 * there is none.
 */
export function creditedOutlet(text: string): string | null {
  const lines = [...text.slice(0, 1500).split('\n', 12), ...text.slice(-400).split('\n').slice(1)];
  for (const line of lines) {
    const words = line.trim().slice(0, 160);
    for (const credit of CREDITS) {
      const name = credit.exec(words)?.[1];
      if (name) return name;
    }
  }
  return null;
}

/**
 * The official body whose statement a plain text is, by its masthead: the word for a statement and the body's name in the
 * same line ("NATO Press Release") or each in one ("FOR IMMEDIATE RELEASE", "Ministry of Fisheries of Norway"), or words that
 * only one body begins with. Looks at the lines before the first paragraph; null when there is none.
 */
export function mastheadOf(text: string): string | null {
  const lines: string[] = [];
  for (const line of text.slice(0, 1500).split('\n', 16)) {
    const words = line.trim().replace(/\s+/g, ' ');
    if (words !== '') lines.push(words);
    if (words.length > 120) break;
  }
  const released = lines.some((line) => RELEASE_ALONE.test(line));
  for (const line of lines) {
    const opening = OPENINGS.find(([words], index) => (released || !SHARED.has(index)) && words.test(line));
    if (opening) return opening[1];
    if (line.length > 120 || /[.!?]$/.test(line)) continue;
    const found = RELEASE_WITH_NAME.exec(line);
    const name = found ? (found[1] ?? found[2]!) : released ? line : null;
    if (name !== null && isOfficial(name.trim())) return name.trim();
  }
  return null;
}

// A name alone, not a headline that holds one: capital letters but for the small words.
function isOfficial(name: string): boolean {
  if (BY_NAME.get(plain(name))?.kind === 'official') return true;
  return NAME_ALONE.test(name) && OFFICIAL_NAME.test(name);
}
const NAME_ALONE = /^(?:(?:\p{Lu}[\p{L}.’'-]*|of|the|and|for|to|in|&),? ?){2,14}$/u;

/** The host name in an address, without `www.`, in lower case; null when there is none. */
export function hostOf(url: string | null): string | null {
  const host = url
    ? /^[a-z][a-z\d+.-]{0,20}:\/\/(?:[^/?#@]{0,200}@)?([^/?#:]{1,255})/i.exec(url.trim())?.[1]
    : undefined;
  return host
    ? host
        .toLowerCase()
        .replace(/^www\d?\./, '')
        .replace(/\.$/, '')
    : null;
}

function byHost(host: string): KnownOutlet | null {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    const known = BY_HOST.get(rest);
    if (known) return known;
  }
  return null;
}

function countryOf(host: string): string | null {
  if (/\.(?:gov|mil)$/.test(host)) return 'USA';
  return COUNTRY_OF_DOMAIN.get(host.slice(host.lastIndexOf('.') + 1)) ?? null;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/^the /, '').replace(/[.’']/g, '').replace(/\s+/g, ' ').trim();
}
