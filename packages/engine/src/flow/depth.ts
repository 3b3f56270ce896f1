/**
 * How far taint is followed: within each function, across the functions of a file, or across the files of a project
 * too. Each depth finds what the ones before it find, and costs more.
 */
export type FlowDepth = 'function' | 'file' | 'project';
