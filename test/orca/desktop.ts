/**
 * Owns a desktop of its own with Orca on it: display, message bus, window manager, screen reader. Must not
 * touch the desktop, settings or home of whoever runs it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A file of each Debian package that this needs. */
const PACKAGES: Readonly<Record<string, string>> = {
  orca: "/usr/bin/orca",
  "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
  dbus: "/usr/bin/dbus-daemon",
  openbox: "/usr/bin/openbox",
  xdotool: "/usr/bin/xdotool",
  xvfb: "/usr/bin/Xvfb",
};

/** The packages that have to be installed first, in one line, or false where all are there. */
export const missing = ((): string | false => {
  const names = Object.keys(PACKAGES).filter((name) => !existsSync(PACKAGES[name] ?? ""));
  return names.length > 0 && `apt-get install --no-install-recommends ${names.join(" ")}`;
})();

/** Of what Orca would say by itself, only what the page causes is left. */
const SETTINGS = {
  general: {},
  profiles: {
    default: {
      profile: ["Default", "default"],
      enableKeyEcho: false,
      enableEchoByCharacter: false,
      enableEchoByWord: false,
      enableBraille: false,
      enableBrailleMonitor: false,
      enableSound: false,
      sayAllOnLoad: false,
      pageSummaryOnLoad: false,
      enableTutorialMessages: false,
      speakMultiCaseStringsAsWords: false,
    },
  },
  pronunciations: {},
  keybindings: {},
};

/** Else its last lines would stand in a buffer until the next ones come. */
const CUSTOM = "from orca import debug\ndebug.debugFile.reconfigure(line_buffering=True)\n";

export interface Desktop {
  /** For the browser that is to be heard. */
  env: Readonly<Record<string, string>>;
  /** What Orca writes down; every line that it speaks is in it. */
  debugFile: string;
  /** Presses keys as a person would: `press("Tab")`, `press("shift+Tab")`. */
  press: (...keys: readonly string[]) => Promise<void>;
  /** Types letters of a Latin keyboard. */
  type: (text: string) => Promise<void>;
  stop: () => Promise<void>;
}

const lineOf = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const [line] = (await once(createInterface(stream), "line")) as [string];
  return line.trim();
};

/** Ends what was started, the last first, and waits until it has ended. */
const end = async (children: readonly ChildProcess[]): Promise<void> => {
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
};

/** A session bus that starts the accessibility bus when it is asked for, and nothing else. */
const busConfig = (home: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=${home}</listen>
<servicedir>/usr/share/dbus-1/services</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>`;

const prepareHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), "lead-form-orca-"));
  for (const name of ["data/orca", "config", "cache", "run"])
    mkdirSync(join(home, name), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, "data/orca/user-settings.conf"), JSON.stringify(SETTINGS));
  writeFileSync(join(home, "data/orca/orca-customizations.py"), CUSTOM);
  writeFileSync(join(home, "bus.conf"), busConfig(home));
  return home;
};

const environment = (home: string): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "/usr/bin:/bin",
  HOME: home,
  TMPDIR: home,
  XDG_DATA_HOME: join(home, "data"),
  XDG_CONFIG_HOME: join(home, "config"),
  XDG_CACHE_HOME: join(home, "cache"),
  XDG_RUNTIME_DIR: join(home, "run"),
  // Orca's own words are English, whatever the page's language.
  LANG: "C.UTF-8",
  GNOME_ACCESSIBILITY: "1",
  NO_AT_BRIDGE: "0",
  GSETTINGS_BACKEND: "memory",
  // No voice: what would be spoken is read from the debug file.
  SPEECHD_ADDRESS: `unix_socket:${join(home, "no-speech")}`,
});

export const startDesktop = async (): Promise<Desktop> => {
  const home = prepareHome();
  const env = environment(home);
  const children: ChildProcess[] = [];
  const start = (command: string, args: readonly string[], stdio: "pipe" | "ignore" = "ignore") => {
    const child = spawn(command, args, { env, stdio: ["ignore", stdio, "ignore"] });
    children.push(child);
    return child;
  };
  const display = start(
    "/usr/bin/Xvfb",
    ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    "pipe",
  );
  env["DISPLAY"] = `:${await lineOf(display.stdout!)}`;
  const bus = start(
    "/usr/bin/dbus-daemon",
    [`--config-file=${join(home, "bus.conf")}`, "--print-address=1", "--nofork"],
    "pipe",
  );
  env["DBUS_SESSION_BUS_ADDRESS"] = await lineOf(bus.stdout!);
  start("/usr/bin/openbox", ["--sm-disable"]);
  const debugFile = join(home, "orca.txt");
  start("/usr/bin/orca", ["--debug-file", debugFile]);
  const xdotool = async (...args: readonly string[]): Promise<void> => {
    const child = spawn("/usr/bin/xdotool", args, { env, stdio: "ignore" });
    const [code] = (await once(child, "exit")) as [number];
    if (code !== 0) throw new Error(`xdotool ${args.join(" ")}: ${code}`);
  };
  return {
    env,
    debugFile,
    press: (...keys) => xdotool("key", "--clearmodifiers", "--delay", "60", ...keys),
    type: (text) => xdotool("type", "--delay", "60", text),
    stop: async () => {
      await end(children);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
