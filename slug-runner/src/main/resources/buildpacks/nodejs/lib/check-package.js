// What bin/compile asks of package.json, as assignments for the shell. Arguments: the build directory, npm's own program.
const fs = require('fs');
const path = require('path');
const [build, npm] = process.argv.slice(2);

function quoted(value) {
  return "'" + String(value).replace(/'/g, "'\\''") + "'";
}

// What is wrong with package.json, without a full stop behind.
function refuse(problem) {
  fail(`package.json cannot be used: ${problem}. Fix it and push again.`);
}

// Whole sentences: what is wrong, and what to do.
function fail(sentences) {
  console.log('problem=' + quoted(sentences));
  process.exit(0);
}

// What JSON.parse says, on one line, with the line of the text in place of the count of characters before it.
function withLine(message, text) {
  return message
    .replace(/\s+/g, ' ')
    .replace(/ in JSON at position (\d+)(?: \(line \d+ column \d+\))?/, (_, position) => {
      const before = text.slice(0, Number(position)).split('\n');
      return ` in line ${before.length}, column ${before.at(-1).length + 1}`;
    });
}

const major = process.versions.node.split('.')[0];
let text;
try {
  text = fs.readFileSync(path.join(build, 'package.json'), 'utf8').replace(/^\uFEFF/, '');
} catch (error) {
  refuse('it cannot be read: ' + error.message);
}
if (text.trim() === '') refuse('it is empty');
let pack;
try {
  pack = JSON.parse(text);
} catch (error) {
  refuse(withLine(error.message, text));
}
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
if (!isObject(pack)) refuse('it is not an object');
for (const name of ['scripts', 'dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
  if (pack[name] !== undefined && !isObject(pack[name])) refuse(`\`${name}\` is not an object`);
}
if (pack.engines !== undefined && !isObject(pack.engines)) {
  refuse('`engines` is not an object; write it as "engines": {"node": "' + major + '.x"}');
}

const scripts = pack.scripts || {};
const engines = pack.engines || {};
const count = (names) => Object.keys(names || {}).length;
const has = (file) => fs.existsSync(path.join(build, file));
const dependencies = count(pack.dependencies) + count(pack.optionalDependencies) + count(pack.peerDependencies);
const installScripts = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

for (const name of ['node', 'npm']) {
  if (engines[name] !== undefined && typeof engines[name] !== 'string') {
    refuse(`engines.${name} is not a string; write it as "${name}": "${name === 'node' ? major : 10}.x"`);
  }
}
let satisfied = true;
if (engines.node !== undefined) {
  const semver = require('module').createRequire(fs.realpathSync(npm))('semver');
  if (semver.validRange(engines.node) === null) {
    refuse(`engines.node, "${engines.node}", is not a range of versions, such as "${major}.x"`);
  }
  satisfied = semver.satisfies(process.version, engines.node);
}

const needsInstall =
  dependencies + count(pack.devDependencies) > 0 || pack.workspaces || installScripts.some((s) => scripts[s]);

// npm takes the shrinkwrap where there are both.
const lock = has('npm-shrinkwrap.json') ? 'npm-shrinkwrap.json' : has('package-lock.json') ? 'package-lock.json' : '';
const tools = { 'yarn.lock': 'Yarn', 'pnpm-lock.yaml': 'pnpm', 'bun.lock': 'Bun', 'bun.lockb': 'Bun' };
const otherLock = Object.keys(tools).find(has);
if (needsInstall && otherLock) {
  if (lock) {
    fail(
      `Two different lock files were found, ${lock} and ${otherLock}; it is not clear which one to use. ` +
        `This platform uses npm: remove ${otherLock} if ${lock} is up to date, and push again.`
    );
  }
  fail(
    `The dependencies are locked in ${otherLock}, and this platform has no ${tools[otherLock]} yet: npm would install other ` +
      `versions than those you tested. Run \`npm install\`, commit package-lock.json, remove ${otherLock} and push again.`
  );
}
for (const names of [pack.dependencies, pack.devDependencies, pack.optionalDependencies]) {
  for (const [name, wanted] of Object.entries(names || {})) {
    const protocol = /^(workspace|catalog|portal|patch|link):/.exec(String(wanted));
    if (protocol) {
      refuse(
        `${name} is wanted as "${wanted}", which only Yarn and pnpm understand, and this platform uses npm. ` +
          `Use a version or "file:" instead`
      );
    }
  }
}

// Where the lock file certainly does not agree with package.json, which `npm ci` would tell only after all downloads of node.
function disagreement() {
  const file = path.join(build, lock);
  const lockText = fs.statSync(file).isFile() ? fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : '';
  if (lockText.trim() === '' || lockText.includes('<<<<<<<')) return ''; // npm says the one, and resolves the other
  let locked;
  try {
    locked = (JSON.parse(lockText) || {}).packages;
  } catch (error) {
    fail(`${lock} cannot be used: ${withLine(error.message, lockText)}. Run \`npm install\`, commit ${lock}, and push again.`);
  }
  if (!isObject(locked) || pack.overrides !== undefined) return '';
  const semver = require('module').createRequire(fs.realpathSync(npm))('semver');
  const kinds = [pack.dependencies, pack.devDependencies, pack.optionalDependencies, pack.peerDependencies].map((names) => names || {});
  for (const [name, wanted] of [...Object.entries(kinds[0]), ...Object.entries(kinds[1])]) {
    if (kinds.filter((names) => Object.hasOwn(names, name)).length > 1) continue;
    const found = locked['node_modules/' + name];
    if (!found) return `it has no ${name}, which package.json lists`;
    const known = !found.link && !found.name && found.version && semver.validRange(wanted) && !['', '*'].includes(wanted.trim());
    if (known && !semver.satisfies(found.version, wanted, true)) {
      return `it has ${name} ${found.version}, and package.json asks for ${wanted}`;
    }
  }
  return '';
}
const conflict = needsInstall && lock && !scripts['heroku-prebuild'] ? disagreement() : '';
if (conflict) fail(`${lock} does not agree with package.json: ${conflict}. Run \`npm install\`, commit ${lock}, and push again.`);

const buildScript = scripts['heroku-postbuild'] ? 'heroku-postbuild' : scripts.build ? 'build' : '';
const startable = has('Procfile') || scripts.start || has('server.js');

const found = {
  problem: '',
  lock,
  needs_install: needsInstall ? 1 : '',
  has_dev: count(pack.devDependencies) > 0 || pack.workspaces ? 1 : '',
  prebuild: scripts['heroku-prebuild'] ? 1 : '',
  build_script: buildScript,
  cleanup: scripts['heroku-cleanup'] ? 1 : '',
  startable: startable ? 1 : '',
  may_become_startable: buildScript || scripts['heroku-prebuild'] || installScripts.some((s) => scripts[s]) ? 1 : '',
  engine: engines.node === undefined ? '' : engines.node,
  satisfied: satisfied ? 1 : '',
  package_manager: typeof pack.packageManager === 'string' && !pack.packageManager.startsWith('npm@') ? pack.packageManager : '',
  npm_engine: engines.npm === undefined ? '' : engines.npm,
  arch: process.arch,
  version: process.version.slice(1),
};
for (const [name, value] of Object.entries(found)) console.log(name + '=' + quoted(value));
