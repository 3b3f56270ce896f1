import { type Beyond, beyondInput, type Input } from './inputs.ts';
import {
  allTaints,
  type Cell,
  ELEMENT,
  isElement,
  joinCells,
  knownPart,
  NO_TAINTS,
  partAt,
  type Taints,
  tainted,
  taintsOfInputs,
  unionTaints,
} from './value.ts';

/** The part of a cell that an input asks for. */
export function inputPart(cell: Cell, { path, beyond }: Input): Cell {
  const part = partAt(cell, path);
  return beyond === null ? part : partBeyond(part, beyond);
}

/** All that such a way may lead to: what stands under other names is none of it. */
function partBeyond(cell: Cell, beyond: Beyond): Cell {
  const { names, last } = beyond;
  if (names === null) return tainted(allTaints(cell));
  let found: Cell | null = null;
  let unknown: Taints = NO_TAINTS;
  const walk = (at: Cell): void => {
    for (const name of names) {
      const whole = name === ELEMENT ? withoutFields(at) : at;
      if (knownPart(whole, name) === undefined) {
        unknown = unionTaints(unknown, at.taints);
        continue;
      }
      const part = partAt(whole, [name]);
      if (name === last) found = found === null ? part : joinCells(found, part);
      walk(part);
    }
  };
  walk(cell);
  const others = tainted(taintsOfInputs(unknown, (input) => beyondInput(input, beyond)));
  return found === null ? others : joinCells(found, others);
}

/** Elsewhere an element may be what any field is; here, fields would each be taken for what others hold. */
function withoutFields(cell: Cell): Cell {
  if (cell.parts === null) return cell;
  const parts = new Map([...cell.parts].filter(([name]) => isElement(name)));
  return { ...cell, parts: parts.size === 0 ? null : parts };
}
