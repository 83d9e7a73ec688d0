/** A sentence or label in the two languages of the product. */
export type Text = { readonly ko: string; readonly en: string }
