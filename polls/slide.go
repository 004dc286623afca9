package polls

import "plenum/rooms"

// MaxText is how long the text of a slide can be, in UTF-16 units.
const MaxText = 2_000

// Why a slide is refused, or cannot be opened.
var (
	ErrSlideText = rooms.Refuse("slide-text", "A slide has at most 2,000 characters of text.")
	errSlide     = rooms.Refuse("slide", "A slide is shown. There is nothing in it to be opened.")
)

// checkedSlide is an entry of the deck that asks nothing: a title, a text and a
// picture, both of which can be missing.
func (q Question) checkedSlide() (Question, error) {
	if len(q.Options) > 0 {
		return q, rooms.ErrMalformed
	}
	q.Special = Special{Text: q.Text, Picture: q.Picture}
	q.Options, q.From, q.To, q.Low, q.High, q.Least, q.Most = []Option{}, 0, 0, "", "", 0, 0
	q.Show, q.Seconds, q.Veiling = Live, 0, Veiling{}
	var err error
	if q.Text, err = cleanText(q.Text, MaxText, ErrSlideText); err != nil {
		return q, err
	}
	q.Picture, err = q.Picture.checked()
	return q, err
}
