import picocolors from 'picocolors';

type Paint = (text: string) => string;

/** How text is coloured; without colour every function returns its text as it is. */
export interface Palette {
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  magenta: Paint;
  cyan: Paint;
}

export function createPalette(colored: boolean): Palette {
  return picocolors.createColors(colored);
}
