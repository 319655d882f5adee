// Draws a state machine as SVG, laid out by the Eclipse Layout Kernel: node draw-workflow.mjs ELK ASL CSS PICTURE
// ELK is the folder of the npm package elkjs. States carry data-state, ways data-from and data-to, so that the
// report can show which were taken; a way that only an error takes has the class caught.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, file, style, picture] = process.argv.slice(2);
const Elk = createRequire(import.meta.url)(resolve(folder, 'lib/elk.bundled.js'));
const machine = JSON.parse(readFileSync(file, 'utf8'));
const STATE = { width: 188, height: 28 };
const BEND = 6;

/** One way from a state to another, however many choices and errors lead there. */
function ways() {
  const found = new Map();
  const add = (from, to, caught) => {
    const key = `${from}\n${to}`;
    if (to !== undefined && from !== to && !found.has(key)) {
      found.set(key, { from, to, caught });
    }
  };
  for (const [name, state] of Object.entries(machine.States)) {
    (state.Choices ?? []).forEach((choice) => add(name, choice.Next, false));
    add(name, state.Default, false);
    add(name, state.Next, false);
    (state.Catch ?? []).forEach((caught) => add(name, caught.Next, true));
  }
  return [...found.values()];
}

const edges = ways();

/** Counts the states that all goes through; a way back is one to a state that was counted before. */
function order() {
  const names = new Set();
  const visit = (name) => {
    if (!names.has(name)) {
      names.add(name);
      const next = edges.filter((edge) => edge.from === name).sort((one, other) => one.caught - other.caught);
      next.forEach((edge) => visit(edge.to));
    }
  };
  visit(machine.StartAt);
  return [...names, ...Object.keys(machine.States).filter((name) => !names.has(name))];
}

const names = order();
const graph = await new Elk().layout({
  id: 'workflow',
  layoutOptions: {
    'elk.algorithm': 'layered',
    'elk.direction': 'DOWN',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.padding': '[top=14,left=14,bottom=14,right=14]',
    'elk.layered.mergeEdges': 'true',
    'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  },
  children: names.map((name) => ({ id: name, ...STATE })),
  edges: edges.map((edge, index) => ({ id: `${index}`, sources: [edge.from], targets: [edge.to] })),
});

const text = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const at = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** A point on the way from a corner, as far as its rounding reaches. */
function towards(corner, next) {
  const length = Math.hypot(next.x - corner.x, next.y - corner.y);
  const part = length === 0 ? 0 : Math.min(BEND, length / 2) / length;
  return { x: corner.x + (next.x - corner.x) * part, y: corner.y + (next.y - corner.y) * part };
}

function line({ startPoint, bendPoints = [], endPoint }) {
  const points = [startPoint, ...bendPoints, endPoint];
  const corners = bendPoints.map((corner, index) =>
    `L${at(towards(corner, points[index]))}Q${at(corner)} ${at(towards(corner, points[index + 2]))}`);
  return `M${at(startPoint)}${corners.join('')}L${at(endPoint)}`;
}

function way(edge, index) {
  const path = line(graph.edges[index].sections[0]);
  return `<path class="way${edge.caught ? ' caught' : ''}" data-from="${text(edge.from)}" data-to="${text(edge.to)}" marker-end="url(#tip)" d="${path}"/>`;
}

function state(name, index) {
  const { x, y } = graph.children[index];
  const type = machine.States[name].Type;
  const round = type === 'Choice' ? STATE.height / 2 : 5;
  return `<g class="state ${type.toLowerCase()}" data-state="${text(name)}"><rect x="${x}" y="${y}" width="${STATE.width}" height="${STATE.height}" rx="${round}"/>`
    + `<text x="${x + STATE.width / 2}" y="${y + STATE.height / 2 + 4}" text-anchor="middle">${text(name)}</text></g>`;
}

writeFileSync(picture, `<svg xmlns="http://www.w3.org/2000/svg" class="workflow" viewBox="0 0 ${graph.width} ${graph.height}" width="${graph.width}" \
height="${graph.height}" role="img" aria-label="The states of snapshot-instance and their ways on">
<style>
${readFileSync(style, 'utf8')}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>
${edges.map(way).join('\n')}
${names.map(state).join('\n')}
</svg>
`);
