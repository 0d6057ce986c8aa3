/** The member of a union of operations with this name. */
export type OpOf<Union extends { readonly op: string }, Name extends Union['op']> = Extract<
  Union,
  { readonly op: Name }
>
