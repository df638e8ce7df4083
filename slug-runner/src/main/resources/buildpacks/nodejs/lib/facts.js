// What bin/compile asks of package.json, as assignments for the shell. Arguments: the build directory, npm's own program.
const fs = require('fs');
const path = require('path');
const [build, npm] = process.argv.slice(2);

function quoted(value) {
  return "'" + String(value).replace(/'/g, "'\\''") + "'";
}

let pack;
try {
  pack = JSON.parse(fs.readFileSync(path.join(build, 'package.json'), 'utf8').replace(/^\uFEFF/, ''));
  if (pack === null || typeof pack !== 'object' || Array.isArray(pack)) throw new Error('it is not an object');
} catch (error) {
  console.log('problem=' + quoted(error.message));
  process.exit(0);
}

const scripts = pack.scripts || {};
const engines = pack.engines || {};
const count = (names) => Object.keys(names || {}).length;
const has = (file) => fs.existsSync(path.join(build, file));
const dependencies = count(pack.dependencies) + count(pack.optionalDependencies) + count(pack.peerDependencies);
const installScripts = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

let satisfied = true;
if (typeof engines.node === 'string') {
  const semver = require('module').createRequire(fs.realpathSync(npm))('semver');
  if (semver.validRange(engines.node) === null) {
    console.log('problem=' + quoted(`engines.node, "${engines.node}", is not a range of versions`));
    process.exit(0);
  }
  satisfied = semver.satisfies(process.version, engines.node);
}

const facts = {
  problem: '',
  lock: has('package-lock.json') ? 'package-lock.json' : has('npm-shrinkwrap.json') ? 'npm-shrinkwrap.json' : '',
  other_lock: ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'].find(has) || '',
  needs_install:
    dependencies + count(pack.devDependencies) > 0 || pack.workspaces || installScripts.some((s) => scripts[s]) ? 1 : '',
  has_dev: count(pack.devDependencies) > 0 || pack.workspaces ? 1 : '',
  prebuild: scripts['heroku-prebuild'] ? 1 : '',
  build_script: scripts['heroku-postbuild'] ? 'heroku-postbuild' : scripts.build ? 'build' : '',
  cleanup: scripts['heroku-cleanup'] ? 1 : '',
  engine: typeof engines.node === 'string' ? engines.node : '',
  satisfied: satisfied ? 1 : '',
  npm_engine: typeof engines.npm === 'string' ? engines.npm : '',
  arch: process.arch,
  version: process.version,
};
for (const [name, value] of Object.entries(facts)) console.log(name + '=' + quoted(value));
