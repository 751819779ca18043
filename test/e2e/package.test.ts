/**
 * The npm package as a project gets it: packed, unpacked into an app outside of this repository, checked
 * by its compiler, bundled by its Vite, and used in Chromium. Offline: what it needs is linked.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import puppeteer from "puppeteer-core";
import { chrome } from "../browser.ts";
import { servePage } from "./static-page.ts";

const exec = promisify(execFile);

const MAIN = `import "lead-form/define";
import { LeadForm } from "lead-form";
import type { FormValues, LeadFormEventMap, LeadFormProps } from "lead-form";

const form = document.createElement("lead-form");
form.target = "sakneen";
form.endpoint = LeadForm.partsOrigin = location.origin;
form.country = "EG";
form.messages = { heading: LeadForm.version };
form.addEventListener("lead-form-success", (event) => {
  const { receipt }: { receipt: string } = event.detail;
  document.title = receipt;
});
const values: FormValues = { name: "Mona" };
form.values = values;
export type Events = keyof LeadFormEventMap;
export const props: LeadFormProps = { target: "sakneen", "submit-label": "Send", open: true };
export const mistakes = () => {
  // Any other name may be a field of the target's own.
  form.values = { budget: "3000000" };
  // @ts-expect-error: not a text
  form.values = { budget: { amount: 3 } };
  // @ts-expect-error: read-only
  form.status = "idle";
};
document.body.append(form);
`;

/** What stands in the place of React: its real types are as large as this whole project's. */
const REACT = `export = React;
declare namespace React {
  interface RefAttributes<T> { key?: string; ref?: ((instance: T | null) => void) | { current: T | null } }
  interface HTMLAttributes<T> { className?: string; id?: string; lang?: string; onClick?: (event: { currentTarget: T }) => void; children?: unknown }
  namespace JSX {
    interface Element { type: unknown }
    interface IntrinsicElements { div: HTMLAttributes<HTMLDivElement> & RefAttributes<HTMLDivElement> }
  }
}
`;

const JSX_RUNTIME = `import * as React from "./";
export namespace JSX {
  interface Element extends React.JSX.Element {}
  interface IntrinsicElements extends React.JSX.IntrinsicElements {}
}
`;

const TSX = `import type {} from "lead-form/react";

export const Contact = () => (
  <div id="contact">
    <lead-form
      target="sakneen"
      submit-label="Send"
      privacyUrl="https://example.com"
      className="wide"
      ref={(form) => form?.reportValidity()}
      onlead-form-success={(event) => document.title = event.detail.receipt}
      onlead-form-error={({ detail }) => console.log(detail.status.toFixed())}
    >
      <div>Call us</div>
    </lead-form>
    {/* @ts-expect-error: not a number */}
    <lead-form target={1} />
  </div>
);
`;

/** Svelte asks a global namespace; this is what our README tells to write. */
const SVELTE = `import type { LeadFormProps } from "lead-form";
declare global {
  namespace svelteHTML {
    interface IntrinsicElements {
      "lead-form": LeadFormProps;
    }
  }
}
export const props: svelteHTML.IntrinsicElements["lead-form"] = { target: "sakneen" };
`;

const tsconfig = (moduleResolution: string, files: readonly string[]) =>
  JSON.stringify({
    compilerOptions: {
      strict: true,
      target: "ES2022",
      module: moduleResolution === "bundler" ? "ESNext" : moduleResolution,
      moduleResolution,
      lib: ["ES2022", "DOM", "DOM.Iterable"],
      jsx: "react-jsx",
      types: [],
      noEmit: true,
      // Our own declarations are looked at too.
      skipLibCheck: false,
    },
    files,
  });

/** A project in a temporary folder, with the package installed as npm would. */
class App {
  readonly folder: string;
  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(tarball: string): Promise<App> {
    const app = new App(await mkdtemp(join(tmpdir(), "lead-form-app-")));
    const modules = join(app.folder, "node_modules");
    await mkdir(modules);
    await exec("tar", ["-xzf", tarball, "-C", modules]);
    await rename(join(modules, "package"), join(modules, "lead-form"));
    const text = await readFile(join(modules, "lead-form/package.json"), "utf8");
    const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
    for (const name of Object.keys(dependencies))
      await symlink(resolve("node_modules", name), join(modules, name), "junction");
    await app.write("package.json", JSON.stringify({ type: "module", private: true }));
    return app;
  }

  async write(name: string, content: string): Promise<void> {
    await mkdir(dirname(join(this.folder, name)), { recursive: true });
    await writeFile(join(this.folder, name), content);
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), "utf8");
  }

  /** @returns what it printed */
  async node(...args: readonly string[]): Promise<string> {
    return (await exec(process.execPath, args, { cwd: this.folder })).stdout;
  }

  /** @returns what the compiler has to say */
  async check(moduleResolution: string, files: readonly string[]): Promise<string> {
    await this.write("tsconfig.json", tsconfig(moduleResolution, files));
    return this.node(resolve("node_modules/typescript/bin/tsc")).catch(
      ({ stdout }: { stdout: string }) => stdout,
    );
  }

  async build(input: string): Promise<void> {
    const config = { build: { rolldownOptions: { input } } };
    await this.write("vite.config.js", `export default ${JSON.stringify(config)};`);
    await this.node(resolve("node_modules/vite/bin/vite.js"), "build", "--logLevel", "error");
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

let store: string;
let tarball: string;
let app: App;
before(async () => {
  store = await mkdtemp(join(tmpdir(), "lead-form-packed-"));
  await exec("npm", ["pack", "--silent", "--offline", "--pack-destination", store], {
    cwd: "dist/widget",
    shell: process.platform === "win32",
  });
  const [name = ""] = await readdir(store);
  tarball = join(store, name);
  app = await App.make(tarball);
  await app.write("main.ts", MAIN);
});
after(async () => {
  await app.remove();
  await rm(store, { recursive: true, force: true });
});

describe("the types", () => {
  for (const moduleResolution of ["bundler", "nodenext"])
    test(`hold for a project that resolves like ${moduleResolution}, without React`, async () => {
      await app.write("svelte.ts", SVELTE);
      await app.write("plain.ts", `import type {} from "lead-form/react";\n`);
      assert.equal(await app.check(moduleResolution, ["main.ts", "svelte.ts", "plain.ts"]), "");
    });

  test("let React know the element", async () => {
    const react = await App.make(tarball);
    try {
      await react.write("node_modules/react/package.json", `{"types":"index.d.ts"}`);
      await react.write("node_modules/react/index.d.ts", REACT);
      await react.write("node_modules/react/jsx-runtime.d.ts", JSX_RUNTIME);
      await react.write("contact.tsx", TSX);
      assert.equal(await react.check("bundler", ["contact.tsx"]), "");
    } finally {
      await react.remove();
    }
  });
});

describe("importing the package", () => {
  test("does nothing in Node, where there is no page", async () => {
    const program = `import "lead-form/define";
      import "lead-form/react";
      import { LeadForm } from "lead-form";
      console.log(LeadForm.version);`;
    assert.match(await app.node("--input-type=module", "--eval", program), /^\d+\.\d+\.\d+/);
  });

  test("leaves nothing in a bundle that does not use it", async () => {
    await app.write(
      "unused.html",
      `<!doctype html><script type="module">
        import { LeadForm } from "lead-form";
        import "lead-form/react";
        document.title = "untouched";
      </script>`,
    );
    await app.build("unused.html");
    const [script = ""] = await readdir(join(app.folder, "dist/assets"));
    const code = await app.read(`dist/assets/${script}`);
    assert.match(code, /untouched/);
    assert.doesNotMatch(code, /attachShadow|lead-form/);
  });
});

test("a Vite app with the package shows the form, and sends a lead", async () => {
  await app.write("index.html", `<!doctype html><script type="module" src="/main.ts"></script>`);
  await app.build("index.html");
  // The other parts are not there; the form does without.
  const site = await servePage((name) => app.read(`dist/${name}`).catch(() => undefined));
  const browser = await puppeteer.launch(await chrome());
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const phone = await page.waitForSelector("lead-form >>> input[name=phone]");
    await phone?.type("01012345678");
    const button = await page.waitForSelector("lead-form >>> [part~=submit]");
    await button?.click();
    await page.waitForSelector("lead-form[status=accepted]");
    const [post] = site.posts;
    assert.equal(site.posts.length, 1);
    assert.deepEqual(
      [post?.["target"], post?.["name"], post?.["phone"]],
      ["sakneen", "Mona", "01012345678"],
    );
    assert.equal(await page.title(), post?.["id"]);
  } finally {
    await browser.close();
    await site.close();
  }
});
