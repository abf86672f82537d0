// Measures runs as the pages do: node measure.mjs ASSETS FIXES, a JSON array of fixes on each line of FIXES.

import { readFileSync } from "node:fs";

const [assets, fixes] = process.argv.slice(2);
const asModule = (source) => `data:text/javascript,${encodeURIComponent(source)}`;
const movement = asModule(readFileSync(`${assets}/shared/movement.js`, "utf8"));
const measure = asModule(readFileSync(`${assets}/map/measure.js`, "utf8").replace("../shared/movement.js", movement));
const { Movement } = await import(movement);
const { Measure } = await import(measure);

for (const line of readFileSync(fixes, "utf8").trim().split("\n")) {
  const movement = new Movement();
  const measure = new Measure();
  const says = {};
  for (const fix of JSON.parse(line)) {
    const word = movement.add(fix);
    says[word] = (says[word] ?? 0) + 1;
    measure.add(fix);
  }
  const first = measure.line[0].t;
  const at = measure.dot.t;
  console.log(
    JSON.stringify({
      says,
      metres: movement.metres,
      shown: measure.metres,
      speed: measure.speed,
      standingMs: measure.standingMs,
      half: measure.metresAt((first + at) / 2),
      line: measure.line.map(({ lat, lon, apart }) => ({ lat, lon, apart: apart === true })),
      dot: measure.dot,
    }),
  );
}
