/** Readability's own light parser, which its package ships without types. It wants well-formed markup. */
declare module '@mozilla/readability/JSDOMParser.js' {
  export default class JSDOMParser {
    parse(html: string, url: string): unknown;
  }
}
