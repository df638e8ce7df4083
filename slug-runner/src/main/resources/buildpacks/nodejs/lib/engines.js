// Says in one sentence which installed packages are made for other versions of Node.js than the app runs on; nothing where
// there are none. npm tells it of its own Node.js alone. Arguments: the build directory, npm's own program, the version.
const fs = require('fs');
const path = require('path');
const [build, npm, version] = process.argv.slice(2);
const SHOWN = 4;

let installed, semver;
try {
  semver = require('module').createRequire(fs.realpathSync(npm))('semver');
  installed = JSON.parse(fs.readFileSync(path.join(build, 'node_modules/.package-lock.json'), 'utf8')).packages;
} catch {
  process.exit(0); // other versions of npm may have no such list
}
const others = Object.entries(installed || {})
  .filter(([place, { engines, dev, optional, devOptional }]) => {
    const range = engines && engines.node;
    return place && !dev && !optional && !devOptional && semver.validRange(range) && !semver.satisfies(version, range);
  })
  .map(([place, pack]) => `${place.replace(/^.*node_modules\//, '')} ${pack.version || ''}`.trim() + ` (${pack.engines.node})`);

if (others.length > 0) {
  const more = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : '';
  console.log(
    `Warning: The app gets node ${version}, and these packages are made for other versions: ${others.slice(0, SHOWN).join(', ')}${more}. ` +
      'If the app does not start, change engines.node or the versions of these packages in package.json.'
  );
}
