export declare const BUDGET_BYTES: number
/** Files of the first view with their gzipped sizes in bytes, from a build with a manifest. */
export declare function firstView(folder: string): { file: string; bytes: number }[]
