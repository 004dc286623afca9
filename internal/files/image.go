package files

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"time"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// Bounds of what is decoded and of what is made.
const (
	maxDecoded = 200 << 20 // bytes in memory
	maxSide    = 2560      // pixels: larger images are made smaller
	quality    = 85        // of JPEG
)

// remake makes an image anew of what was brought: the picture the right way up
// and not too large, without anything else that was in the file.
func (f *Files) remake(ctx context.Context, from *draft) (*draft, error) {
	release, err := f.reserve(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	made, err := f.draft()
	if err != nil {
		return nil, err
	}
	if err := sound(func() error { return made.make(from) }); err != nil {
		return nil, fmt.Errorf("make an image: %w", joinDrop(err, made))
	}
	return made, nil
}

func joinDrop(err error, d *draft) error {
	if dropped := d.drop(); dropped != nil {
		return fmt.Errorf("%w (%w)", err, dropped)
	}
	return err
}

// reserve waits for a place: making an image takes a core and much memory.
func (f *Files) reserve(ctx context.Context) (release func(), err error) {
	wait := time.NewTimer(makingWait)
	defer wait.Stop()
	select {
	case f.making <- struct{}{}:
		return func() { <-f.making }, nil
	case <-wait.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// sound turns a panic of a decoder into an image that cannot be read.
func sound(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrImage, p)
		}
	}()
	return do()
}

// make writes the image that another draft holds.
func (d *draft) make(from *draft) error {
	config, err := decodeConfig(from)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrImage, err)
	}
	if config.Width < 1 || config.Height < 1 {
		return ErrImage
	}
	if int64(config.Width)*int64(config.Height)*weight(config.ColorModel) > maxDecoded {
		return ErrPixels
	}
	if from.kind == "image/gif" {
		done, err := d.makeMoving(from, config)
		if done || err != nil {
			return err
		}
	}
	picture, err := decode(from)
	if err != nil {
		return err
	}
	turn, err := orientation(from)
	if err != nil {
		return err
	}
	return d.encode(turned(smaller(picture), turn), from.kind)
}

// weight is how many bytes a pixel takes while it is decoded.
func weight(model color.Model) int64 {
	switch model {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.YCbCrModel: // the coefficients of a progressive JPEG as well
		return 4
	case color.GrayModel:
		return 1
	}
	if _, ok := model.(color.Palette); ok {
		return 1
	}
	return 4
}

// source is the content of a draft, from its beginning.
func (d *draft) source() (io.Reader, error) {
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(d.file, 64<<10), nil
}

func decodeConfig(from *draft) (image.Config, error) {
	r, err := from.source()
	if err != nil {
		return image.Config{}, err
	}
	switch from.kind {
	case "image/png":
		return png.DecodeConfig(r)
	case "image/jpeg":
		return jpeg.DecodeConfig(r)
	case "image/gif":
		return gif.DecodeConfig(r)
	}
	return webp.DecodeConfig(r)
}

func decode(from *draft) (picture image.Image, err error) {
	r, err := from.source()
	if err != nil {
		return nil, err
	}
	switch from.kind {
	case "image/png":
		picture, err = png.Decode(r)
	case "image/jpeg":
		picture, err = jpeg.Decode(r)
	case "image/gif":
		picture, err = gif.Decode(r)
	default:
		picture, err = webp.Decode(r)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrImage, err)
	}
	return picture, nil
}

// smaller is a picture with no side longer than maxSide.
func smaller(picture image.Image) image.Image {
	size := picture.Bounds().Size()
	longest := max(size.X, size.Y)
	if longest <= maxSide {
		return picture
	}
	to := image.NewNRGBA(image.Rect(0, 0, max(1, size.X*maxSide/longest), max(1, size.Y*maxSide/longest)))
	scale.BiLinear.Scale(to, to.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	return to
}

// encode writes a picture: photographs as JPEG, what has sharp lines or can be
// seen through as PNG.
func (d *draft) encode(picture image.Image, kind string) error {
	d.width, d.height = picture.Bounds().Dx(), picture.Bounds().Dy()
	if kind == "image/jpeg" || kind == "image/webp" && opaque(picture) {
		d.kind = "image/jpeg"
		return jpeg.Encode(d, picture, &jpeg.Options{Quality: quality})
	}
	d.kind = "image/png"
	return png.Encode(d, picture)
}

func opaque(picture image.Image) bool {
	known, ok := picture.(interface{ Opaque() bool })
	return ok && known.Opaque()
}

// makeMoving keeps the frames of an animation, if they are not too much
// altogether; else it is not done, and the first frame has to do.
func (d *draft) makeMoving(from *draft, config image.Config) (done bool, err error) {
	content, err := os.ReadFile(from.file.Name())
	if err != nil {
		return false, err
	}
	frames, pixels := framesOf(content)
	if frames < 2 || pixels > maxMoving || max(config.Width, config.Height) > maxSide {
		return false, nil
	}
	all, err := gif.DecodeAll(bytes.NewReader(content))
	if err != nil {
		return false, fmt.Errorf("%w: %w", ErrImage, err)
	}
	d.kind, d.width, d.height = "image/gif", all.Config.Width, all.Config.Height
	return true, gif.EncodeAll(d, all)
}
