/**
 * Owns the changes of the build in lit-html. Must not let a build pass in which a pattern no longer matches.
 *
 * 1. Its Trusted Types policy gets a name of ours. A page may forbid `lit-html`, or load its own Lit first:
 *    then the policy would throw and the script would stop. A page that allows `lit-html` only works too.
 * 2. It leaves no global behind.
 * 3. Features that no template of ours uses are left out: svg, MathML, directives, parts of an element,
 *    of a property, of a comment and inside raw text. That saves 0.5 kB (brotli) of the script. A test holds
 *    that none of them is used.
 */
interface Change {
  what: string;
  pattern: RegExp;
  by: string;
}

const CHANGES: readonly Change[] = [
  {
    what: "its policy",
    pattern: /(\w+)\?\1\.createPolicy\("lit-html",(\{createHTML:\w+=>\w+\})\):void 0/,
    by: `(()=>{for(const name of["lead-form","lit-html"])try{return $1.createPolicy(name,$2)}catch{}})()`,
  },
  {
    what: "its globals",
    pattern:
      /,(\w+)=\w+\.litHtmlPolyfillSupport;\1\?\.\(.*?\),\(\w+\.litHtmlVersions\?\?=\[\]\)\.push\(".*?"\);/,
    by: ";",
  },
  { what: "the opening svg", pattern: /2===\w+\?"<svg>":3===\w+\?"<math>":""/, by: '""' },
  { what: "the closing svg", pattern: /\+\(2===\w+\?"<\/svg>":3===\w+\?"<\/math>":""\)/, by: "" },
  {
    what: "the unwrapping of svg",
    pattern:
      /if\((this\.el=\w+\.createElement\(\w+,\w+\),\w+\.currentNode=this\.el\.content),2===\w+\|\|3===\w+\)\{.*?\}for\(/,
    by: "$1;for(",
  },
  {
    what: "the finding of element parts",
    pattern:
      /else \w+\.startsWith\(\w+\)&&\(\w+\.push\(\{type:6,index:\w+\}\),\w+\.removeAttribute\(\w+\)\);/,
    by: "",
  },
  {
    what: "the making of element parts",
    pattern: /:6===\w+\.type&&\((\w+)=new \w+\(\w+,this,\w+\)\)/,
    by: ":0",
  },
  { what: "property parts", pattern: /"\."===\w+\[1\]\?\w+:/, by: "" },
  {
    what: "parts inside raw text",
    pattern: /if\(\w+\.test\(\w+\.tagName\)\)\{.*?\}\}\}(?=else if\(8===)/,
    by: "}",
  },
  {
    what: "directives",
    pattern: /function (\w+)\(t,i,s=t,e\)\{[^{}]*_\$litDirective\$[^{}]*\}/,
    by: "function $1(t,i){return i}",
  },
  {
    what: "a directive's value of a child",
    pattern: /(_\$AI\(t,i=this\)\{)t=\w\(this,t,i\),(?=a\(t\))/,
    by: "$1",
  },
  { what: "a directive's value of an attribute", pattern: /t=\w\(this,t,i,0\),(?=o=)/, by: "" },
  {
    what: "a directive's value of a piece of an attribute",
    pattern: /r=\w\(this,(e\[s\+n\]),i,n\),r===\w&&\(r=this\._\$AH\[n\]\)/,
    by: "r=$1",
  },
  { what: "a child that does not change", pattern: /(t!==this\._\$AH)&&t!==\w&&/, by: "$1&&" },
  { what: "an attribute that does not change", pattern: /(t!==this\._\$AH)&&t!==\w,/, by: "$1," },
  {
    what: "a listener that changes its options, or goes",
    pattern: /(class \w extends H\{constructor\([^{]*\{[^}]*this\.type=5\})_\$AI\(.*?\}handleEvent/,
    by: "$1_$AI(t){this._$AH===A&&this.element.addEventListener(this.name,this),this._$AH=t}handleEvent",
  },
  {
    what: "the object that a listener is called on",
    pattern: /this\.options\?\.host\?\?this\.element/,
    by: "this.element",
  },
  {
    what: "raw text in a template",
    pattern: /\(\w\.test\(u\[2\]\)&&\(n=RegExp\("<\/"\+u\[2\],"g"\)\),c=p\)/,
    by: "c=p",
  },
  { what: "the end of raw text", pattern: /c=n\?\?v/, by: "c=v" },
  {
    what: "the beginning of a comment",
    pattern: /"!--"===u\[1\]\?c=_:void 0!==u\[1\]\?c=m:/,
    by: "",
  },
  {
    what: "the end of a comment",
    pattern: /c===\$\|\|c===g\?c=p:c===_\|\|c===m\?c=v:\(c=p,n=void 0\)/,
    by: "c=p",
  },
  {
    what: "templates that were compiled before",
    pattern: /"number"==typeof s\?(this\._\$AC\(t\)):\(.*?\),s\)(?=;)/,
    by: "$1",
  },
  { what: "another document", pattern: /\(t\?\.creationScope\?\?l\)/, by: "l" },
  { what: "a place before other content", pattern: /s\?\.renderBefore\?\?i/, by: "i" },
  { what: "a place before another node", pattern: /s\?\.renderBefore\?\?null/, by: "null" },
  { what: "what only directives read", pattern: /,?this\._\$AN=void 0/g, by: "" },
  {
    what: "the markers of comment parts",
    pattern:
      /else\{let (\w)=-1;for\(;-1!==\(\1=\w+\.data\.indexOf\(\w+,\1\+1\)\);\)[^}]*\}\),[^}]*\}/,
    by: "",
  },
  { what: "the ways up for directives", pattern: /get _\$AU\(\)\{[^}]*\}/g, by: "" },
  {
    what: "what a child part shows to directives",
    pattern: /get parentNode\(\)\{let [^}]*\}get startNode\(\)\{[^}]*\}get endNode\(\)\{[^}]*\}/,
    by: "",
  },
  {
    what: "what a template shows to directives",
    pattern: /get parentNode\(\)\{[^}]*\}/,
    by: "",
  },
  { what: "what an attribute shows to directives", pattern: /get tagName\(\)\{[^}]*\}/, by: "" },
  { what: "the state of a connection", pattern: /setConnected\(\w\)\{[^}]*\}/, by: "" },
  { what: "the value of a connection", pattern: /,this\._\$Cv=\w\?\.isConnected\?\?!0/, by: "" },
  {
    what: "the report of a change to directives",
    pattern: /this\._\$AP\?\.\(!1,!0,\w\);/,
    by: ";",
  },
  { what: "the part around a part", pattern: /,this\._\$AM=\w/g, by: "" },
  { what: "the options of a part", pattern: /,this\.options=\w/g, by: "" },
  { what: "the handing on of options", pattern: /,?this\.options(?=\))/g, by: "" },
  { what: "the kinds of simple parts", pattern: /this\.type=[12],/g, by: "" },
  {
    what: "the kind of a flag",
    pattern: /constructor\(\)\{super\(\.\.\.arguments\),this\.type=4\}/,
    by: "",
  },
  {
    what: "the kind of a listener",
    pattern: /constructor\([^{]*\{super\([^)]*\),this\.type=5\}/,
    by: "",
  },
];

/** @param code `lit-html.js` as published, minified */
export const leanLit = (code: string): string =>
  CHANGES.reduce((text, { what, pattern, by }) => {
    if (text.search(pattern) < 0) throw new Error(`lit-html no longer holds ${what}: ${pattern}`);
    return text.replace(pattern, by);
  }, code);
