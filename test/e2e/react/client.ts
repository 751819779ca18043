/** Owns the start of React in the page, when the test asks for it. Must not hide what React mended. */
import { createElement } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { APPS } from "./apps.ts";
import type { AppName } from "./apps.ts";

const mended: string[] = [];
const root = () => document.querySelector("#root")!;

Object.assign(globalThis, {
  heard: [],
  mended,
  hydrate: (name: AppName) =>
    hydrateRoot(root(), createElement(APPS[name]), {
      onRecoverableError: (error) => mended.push(String(error)),
    }),
  render: (name: AppName) => createRoot(root()).render(createElement(APPS[name])),
});
