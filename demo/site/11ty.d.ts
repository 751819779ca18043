/** Owns the types of the generator as far as the site uses it: it brings none. Must not hold a value. */
declare module "@11ty/eleventy" {
  export interface PageResult {
    url: string;
    outputPath: string;
    content: string;
  }
  export interface UserConfig {
    addTemplate(path: string, content: unknown, data: object): void;
    addGlobalData(name: string, data: unknown): void;
    addPassthroughCopy(paths: Readonly<Record<string, string>>): void;
    addTemplateFormats(format: string): void;
    addExtension(
      format: string,
      how: { compile: (text: string) => (data: object) => string },
    ): void;
    on(name: "eleventy.after", run: (event: { results: readonly PageResult[] }) => void): void;
  }
  interface Options {
    quietMode?: boolean;
    configPath?: string | null;
    config?: (config: UserConfig) => Promise<void>;
  }
  export default class Eleventy {
    constructor(input: string, output: string, options: Options);
    write(): Promise<unknown>;
  }
}
