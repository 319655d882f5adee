// Makes elements. Text from the report only ever becomes text, never markup.

const LONG = 36;
const MAX_OPEN = 14;
const SVG = 'http://www.w3.org/2000/svg';

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawn(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function byId(id) {
  return document.getElementById(id);
}

/** Lists of values by key, in the order in which the keys appear. */
function groupBy(values, keyOf) {
  const groups = new Map();
  for (const value of values) {
    const key = keyOf(value);
    if (!groups.has(key)) {
      groups.set(key, []);
    }
    groups.get(key).push(value);
  }
  return groups;
}

/** A table with a caption; cells are texts or elements, the first of a row is its header. */
function table(caption, heads, rows) {
  return element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    element('table', {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, ...rows.map(([first, ...others]) => element('tr', {},
        element('th', { scope: 'row' }, first),
        ...others.map((cell) => element('td', { class: cell.length > LONG && 'long' }, cell)))))));
}

/** A table that can be folded, and is at first if it is long. */
function foldable(name, heads, rows) {
  return element('details', { open: rows.length <= MAX_OPEN },
    element('summary', {}, `${name} (${rows.length})`), table(name, heads, rows));
}
