// Package delta is the algebra of changes to a rich text, in which people who
// write at the same time end with the same document.
//
// A Delta is a list of operations on a sequence of UTF-16 units: keep some,
// insert some, delete some. Its JSON is that of the published Delta format
// (github.com/slab/delta), and a document is a Delta of inserts alone. Unlike
// that library this package is exact: an insert keeps its place among the
// deletes around it, because for a third person who wrote inside the deleted
// text it matters on which side of it an insert stands. That makes composing
// and transforming agree, whatever the grouping. With ∘ for "then" and
// (x′, a′) = Transform(x, a), where a is committed and x comes late:
//
//	apply(d, a ∘ b) = apply(apply(d, a), b)             Compose means "then"
//	(a ∘ b) ∘ c = a ∘ (b ∘ c)                           in structure, not only in effect
//	a ∘ x′ = x ∘ a′, applied to every document          both ends meet (TP1)
//	Transform(x, a ∘ b) and Transform(Transform(x, a), b)  give the same x′, in structure
//	apply(apply(d, x), Invert(x, d)) = d
//
// The fourth law lets a server transform a late change over any grouping of
// what was committed. It does not hold for a′, the other side, so only one
// party may compute that: the client, over what it has not sent yet.
//
// Three choices belong together and none may change alone: composing puts an
// insert before the deletes of the same gap; of two inserts at one place the
// committed one stands left; of two values for an attribute the committed one
// stays. Directly neighbouring operations of one sort are merged, and nothing
// is ever moved.
//
// Nothing in this package keeps or changes what it is given. Results share
// texts and attributes with their sources; both are never written again.
package delta
