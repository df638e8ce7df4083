// A sentence for the pusher where the web process starts a program that only devDependencies bring, which are removed after
// the build; nothing otherwise, and nothing in doubt. Arguments: the build directory, npm's lock file of it, either the one
// of the app or node_modules/.package-lock.json (https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json).
// Without a lock file: the name of the program that a lock file would have to tell about, or nothing.
const fs = require('fs');
const path = require('path');
const [build, lock] = process.argv.slice(2);

const has = (file) => fs.existsSync(path.join(build, file));
const read = (file) => fs.readFileSync(path.join(build, file), 'utf8').replace(/^\uFEFF/, '');

function hasProfileScripts() {
  return (
    has('.profile.d') &&
    fs.readdirSync(path.join(build, '.profile.d')).some((name) => name.endsWith('.sh') && !/^0-platform-(runtime|static)\.sh$/.test(name))
  );
}

// What the web process runs, and how to name that; nothing where scripts of the app may change what it finds.
function start(scripts) {
  if (has('.profile') || hasProfileScripts() || scripts['heroku-cleanup']) return undefined;
  let command = 'npm start';
  if (has('Procfile')) {
    const lines = [...read('Procfile').matchAll(/^web[ \t]*:[ \t]*(.*)$/gm)];
    if (lines.length === 0) return undefined;
    command = lines.at(-1)[1].trim();
  }
  const script = /^npm (?:run |run-script )?([\w:.-]+)$/.exec(command);
  if (!script) return { command, what: 'The process `web` of the Procfile' };
  const name = script[1];
  if (!scripts[name] || scripts['pre' + name]) return undefined;
  return { command: scripts[name], what: `The script \`${name}\` of package.json` };
}

// The program that a command begins with, if the command names it without a path.
function program(command) {
  const words = command.trim().split(/\s+/);
  const word = words.find((word) => !/^[A-Za-z_]\w*=\S*$/.test(word) && !['exec', 'env', 'nohup', 'time'].includes(word));
  return /^[A-Za-z0-9][\w.+-]*$/.test(word || '') ? word : undefined;
}

const isOnPath = (name) => process.env.PATH.split(':').some((directory) => directory && fs.existsSync(path.join(directory, name)));

function answer() {
  const begin = start(JSON.parse(read('package.json')).scripts || {});
  const name = begin && program(begin.command);
  if (!name || isOnPath(name)) return '';
  if (!lock) return name;
  const packages = JSON.parse(read(lock)).packages || {};
  // Only packages at the top have their programs in node_modules/.bin. What a link leads to has an entry of its own.
  const bringing = Object.entries(packages)
    .filter(([where]) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(where))
    .map(([where, pack]) => [where.slice('node_modules/'.length), (pack.link ? packages[pack.resolved] : pack) || {}])
    .filter(([, pack]) => Object.hasOwn(pack.bin || {}, name));
  if (bringing.length === 0 || bringing.some(([, pack]) => !pack.dev)) return '';
  const from = bringing[0][0];
  return (
    `${begin.what} starts \`${name}\` of the package ${from}, which is installed for devDependencies only, and these are ` +
    `removed after the build. Move ${from} to dependencies and push again, or keep devDependencies with\n` +
    `  platform config set NPM_CONFIG_PRODUCTION=false`
  );
}

try {
  console.log(answer());
} catch (unreadable) {
  // npm says what is wrong with its own files.
}
