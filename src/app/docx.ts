import { strToU8, zipSync } from 'fflate';
import { type Block, type Cell, type Item, isWebAddress, type SourceNote } from './layout.ts';

/**
 * Writes a page as a Word document (Office Open XML, ECMA-376): headings and lists that Word knows as such, tables, a list of
 * sources with their addresses. Whatever reports say comes out as plain text. The same page gives the same bytes: no clock,
 * no names of whoever writes.
 */
export function docxOf(title: string, blocks: readonly Block[]): Uint8Array {
  const links: string[] = [];
  const body = blocks.map((block) => blockXml(block, links)).join('');
  const relations = [
    relation('styles', 'styles', 'styles.xml'),
    relation('numbering', 'numbering', 'numbering.xml'),
    ...links.map((url, i) => relation(`link${i + 1}`, 'hyperlink', url, true)),
  ].join('');
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${TYPE}.numbering+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': relationships(
      `${relation('document', 'officeDocument', 'word/document.xml')}<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
    ),
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title><dc:creator>Readout</dc:creator></cp:coreProperties>`,
    'word/_rels/document.xml.rels': relationships(relations),
    'word/document.xml': `<w:document ${SPACES}><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    'word/styles.xml': STYLES,
    'word/numbering.xml': NUMBERING,
  };
  const files = Object.entries(parts).map(([name, xml]) => [name, strToU8(`${HEAD}${xml}`)] as const);
  // ZIP counts time from 1980; a fixed one makes the same page the same file.
  return zipSync(Object.fromEntries(files), { level: 6, mtime: '1980-01-02T00:00:00Z' });
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SPACES = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${RELATIONS}"`;

const STYLES = `<w:styles ${SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
  style('paragraph', 'Normal', 'Normal', '', ' w:default="1"'),
  style(
    'paragraph',
    'Heading1',
    'heading 1',
    `<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="160"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr>`,
  ),
  style(
    'paragraph',
    'Heading2',
    'heading 2',
    `<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr>`,
  ),
  style(
    'paragraph',
    'ListBullet',
    'List Bullet',
    `<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="40"/></w:pPr>`,
  ),
  style(
    'paragraph',
    'Evidence',
    'Evidence',
    `<w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="680"/></w:pPr><w:rPr><w:color w:val="555555"/><w:sz w:val="20"/></w:rPr>`,
    ' w:customStyle="1"',
  ),
  style(
    'paragraph',
    'SourceList',
    'Source List',
    `<w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr><w:rPr><w:sz w:val="20"/></w:rPr>`,
    ' w:customStyle="1"',
  ),
  style('character', 'Hyperlink', 'Hyperlink', `<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>`),
].join('')}</w:styles>`;

const NUMBERING = `<w:numbering ${SPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\u2022"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

function style(type: 'paragraph' | 'character', id: string, name: string, inside: string, more = ''): string {
  return `<w:style w:type="${type}" w:styleId="${id}"${more}><w:name w:val="${name}"/>${inside}</w:style>`;
}

function relationships(inside: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
}

function relation(id: string, type: string, target: string, isOutside = false): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${escapeXml(target)}"${isOutside ? ' TargetMode="External"' : ''}/>`;
}

function blockXml(block: Block, links: string[]): string {
  switch (block.kind) {
    case 'heading':
      return paragraph(run(block.text), `Heading${block.level}`);
    case 'text':
      return paragraph(run(block.text));
    case 'list':
      return block.items.map(itemXml).join('');
    case 'sources':
      return block.items.map((source) => sourceXml(source, links)).join('');
    case 'table':
      return tableXml(block.columns, block.rows);
  }
}

function itemXml({ lead, text, sources, notes = [] }: Item): string {
  const numbers = notes.map(({ number }) => `[${number}]`).join(' ');
  return [
    paragraph(
      `${run(`${lead} `, '<w:b/>')}${run(text)}${numbers === '' ? '' : run(` ${numbers}`)}`,
      'ListBullet',
      '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    ),
    ...sources.map((source) => paragraph(run(source), 'Evidence')),
  ].join('');
}

function sourceXml({ number, text, url, id }: SourceNote, links: string[]): string {
  let address = '';
  if (url !== null && isWebAddress(url)) {
    links.push(url);
    address = `${run(' ')}<w:hyperlink r:id="link${links.length}">${run(url, '<w:rStyle w:val="Hyperlink"/>')}</w:hyperlink>`;
  }
  return paragraph(`${run(`[${number}]`)}<w:r><w:tab/></w:r>${run(`${text} · ${id}`)}${address}`, 'SourceList');
}

function tableXml(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="AAAAAA"/>`;
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border).join('');
  const cellXml = (paragraphs: string) =>
    `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${paragraphs === '' ? '<w:p/>' : paragraphs}</w:tc>`;
  const head = columns.map((column) => cellXml(paragraph(run(column, '<w:b/>')))).join('');
  const body = rows.map((row) => {
    const cells = row.map(({ lines, marked }) =>
      cellXml(
        lines
          .map((line) => paragraph(run(marked === true ? `≠ ${line}` : line, marked === true ? '<w:b/>' : '')))
          .join(''),
      ),
    );
    return `<w:tr>${cells.join('')}</w:tr>`;
  });
  const grid = columns.map(() => '<w:gridCol/>').join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>${borders}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>${head}</w:tr>${body.join('')}</w:tbl>${paragraph('')}`;
}

function paragraph(runs: string, styleId?: string, more = ''): string {
  const properties = styleId === undefined ? '' : `<w:pPr><w:pStyle w:val="${styleId}"/>${more}</w:pPr>`;
  return `<w:p>${properties}${runs}</w:p>`;
}

function run(text: string, properties = ''): string {
  const inside = properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`;
  return `<w:r>${inside}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

/**
 * Text for XML 1.0, which takes no control characters and no half letters at all; they become U+FFFD, and so do the marks that
 * turn the writing direction. Line breaks become blanks.
 */
function escapeXml(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
