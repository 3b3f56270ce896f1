/**
 * What following data needs to know of a language and its library: names, as the rest knows only of functions, objects and
 * containers.
 */
export interface FlowLanguage {
  /** What a text seems to declare, told without parsing it. */
  outline(text: string): Outline;
  /** What a method's object is called, and its class. */
  object: string;
  class: string;
  /** The function that stands for the object as one of its base class. */
  base: string;
  /** The method that a call of a class runs. */
  constructor: string;
  /** The class that all others are derived from, whether they say so or not. */
  rootClass: string;
  /** The method that a call of an object runs. */
  caller: string;
  /** The decorator of methods that are given no object. */
  static: string;
  /** The decorator of methods that are given the class. */
  classMethod: string;
  /** Decorators of methods that run where a field of their name is read. */
  properties: ReadonlySet<string>;
  /** Types that say of what they are given that it is one of that, as `Optional[A]` does. */
  typeWrappers: ReadonlySet<string>;
  records: RecordClasses;
  /** The file that is a package itself. */
  packageModule: string;
  /** Full names of functions that throw or end the process, whatever they are given. */
  neverReturning: ReadonlySet<string>;
  /** The function that tells whether its first argument is of the type, or one of the types, that its second is. */
  typeTest: string;
  /** Types whose values carry no text. */
  numberTypes: ReadonlySet<string>;
  /** Methods that hold for strings of letters and digits only. */
  plainTextTests: ReadonlySet<string>;
  /** Methods whose results are as free as what they are called on. */
  spellings: ReadonlySet<string>;
  /** Functions whose result is made of what the function that they are given returns. */
  applying: ReadonlySet<string>;
  /** Functions that make a container of another. */
  copying: ReadonlySet<string>;
  /** Methods that put something into a container. */
  growing: ReadonlySet<string>;
  /** What methods of containers do, by name; others of the name do much the same. */
  containerMethods: ReadonlyMap<string, ContainerMethod>;
  containerFunctions: ReadonlyMap<string, ContainerFunction>;
}

/** Names of functions and classes; one that several have is there several times. */
export interface Outline {
  functions: readonly string[];
  /** With the last names of what they are derived from. */
  classes: readonly { name: string; bases: readonly string[] }[];
}

/** Classes whose constructors take their fields, in order of the text or by name: full names of what makes one. */
export interface RecordClasses {
  decorators: ReadonlySet<string>;
  bases: ReadonlySet<string>;
  /** Bases of those that are tuples too. */
  tuples: ReadonlySet<string>;
  /** Bases that add no fields. */
  plainBases: ReadonlySet<string>;
  /** Functions whose result makes a variable a field without an annotation. */
  fieldMakers: ReadonlySet<string>;
  /** Annotations of variables that are no fields. */
  noFields: ReadonlySet<string>;
  /** The argument of what a field is made with that says whether the constructor takes it. */
  takenBy: string;
  /** Methods that run when the fields have been taken. */
  finishers: ReadonlySet<string>;
}

export type ContainerMethod =
  | 'append'
  | 'prepend'
  | 'extend'
  | 'insert'
  | 'take'
  | 'take-first'
  /** Elements are elsewhere afterwards. */
  | 'shuffle'
  | 'reverse'
  | 'clear'
  | 'update'
  | 'get-or-put'
  | 'get'
  | 'set'
  | 'copy'
  | 'entries'
  | 'values'
  | 'keys'
  /** Somewhere into it. */
  | 'put';

export type ContainerFunction = 'copy' | 'dictionary' | 'enumerate';
