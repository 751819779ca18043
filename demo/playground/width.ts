/** Owns the width of the page in the frame: by a grip, by keys, by a number. Must not know what the page holds. */
import { byId } from "./dom.ts";

/** Pixels; as phones and desktops have them. */
const [LEAST, MOST] = [256, 900];
/** Where nobody chose, and there is room. */
const USUAL = 560;
/** The grip beside the frame and the frame's own border, as in the style sheet. */
const EDGE = 16;
/** Pixels of one press of a key. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 8,
  ArrowUp: 8,
  ArrowLeft: -8,
  ArrowDown: -8,
  PageUp: 64,
  PageDown: -64,
};

const within = (pixels: number): number => Math.min(MOST, Math.max(LEAST, Math.round(pixels)));

const frame = byId("frame", HTMLIFrameElement);
const input = byId("width", HTMLInputElement);
const grip = byId("grip", HTMLElement);

/** Unless a width was chosen, the page fits the tester's screen. */
export const setWidth = (chosen: string | undefined): void => {
  const box = byId("frame-box", HTMLElement);
  const wanted = Number(chosen);
  const width = `${(wanted ? within(wanted) : USUAL) + EDGE}px`;
  box.style.inlineSize = wanted ? width : `min(100%, ${width})`;
  const shown = String(frame.clientWidth);
  input.placeholder = shown;
  grip.setAttribute("aria-valuenow", shown);
};

const isMirrored = (): boolean => document.documentElement.dir === "rtl";

/** @param changed called after the number beside the grip has changed */
export const startWidth = (changed: () => void): void => {
  const choose = (pixels: number): void => {
    input.value = String(within(pixels));
    changed();
  };
  grip.setAttribute("aria-valuemin", String(LEAST));
  grip.setAttribute("aria-valuemax", String(MOST));
  grip.addEventListener("pointerdown", (event) => grip.setPointerCapture(event.pointerId));
  grip.addEventListener("pointermove", (event) => {
    if (!grip.hasPointerCapture(event.pointerId)) return;
    const { left, right } = frame.getBoundingClientRect();
    choose(isMirrored() ? right - event.clientX : event.clientX - left);
  });
  grip.addEventListener("keydown", (event) => {
    const { key } = event;
    const sideways = key === "ArrowLeft" || key === "ArrowRight";
    const step = (STEPS[key] ?? 0) * (sideways && isMirrored() ? -1 : 1);
    const wanted = key === "Home" ? LEAST : key === "End" ? MOST : step && frame.clientWidth + step;
    if (!wanted) return;
    event.preventDefault();
    choose(wanted);
  });
};
