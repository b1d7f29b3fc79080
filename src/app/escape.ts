/** Text for HTML, in elements and in quoted attributes. Control characters, which no page may hold, become U+FFFD. */
export function escapeHtml(text: string): string {
  return withoutControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * Text for one line of a terminal or a cell: line breaks and tabs become blanks, other control characters U+FFFD, so
 * that no report can move the cursor or set a title.
 */
export function plain(text: string): string {
  return withoutControls(text.replace(/\s+/g, ' ').trim());
}

/** Text without control characters, which become U+FFFD; line breaks and tabs stay. */
export function withoutControls(text: string): string {
  // Also the marks that turn the writing direction: in a list they would turn the words after them.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
