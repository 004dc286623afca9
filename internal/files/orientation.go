package files

import (
	"bufio"
	"encoding/binary"
	"image"
	"image/draw"
	"io"
)

// orientation reads how a camera was held: 1 to 8, as EXIF numbers it; 1 if
// nothing is said. Only photographs (JPEG) say it.
func orientation(from *draft) (int, error) {
	if from.kind != "image/jpeg" {
		return 1, nil
	}
	r, err := from.source()
	if err != nil {
		return 0, err
	}
	return readOrientation(bufio.NewReader(r)), nil
}

// readOrientation goes through the segments of a JPEG up to its picture.
func readOrientation(r *bufio.Reader) int {
	if _, err := r.Discard(2); err != nil {
		return 1
	}
	for {
		var head [4]byte
		if _, err := io.ReadFull(r, head[:]); err != nil || head[0] != 0xff || head[1] == 0xda {
			return 1
		}
		size := int(binary.BigEndian.Uint16(head[2:])) - 2
		if size < 0 {
			return 1
		}
		if head[1] != 0xe1 {
			if _, err := r.Discard(size); err != nil {
				return 1
			}
			continue
		}
		segment := make([]byte, size)
		if _, err := io.ReadFull(r, segment); err != nil {
			return 1
		}
		if len(segment) > 6 && string(segment[:6]) == "Exif\x00\x00" {
			return tiffOrientation(segment[6:])
		}
	}
}

// tiffOrientation finds the entry in the first directory of what a camera wrote.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	count := int64(order.Uint16(b[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(b)) {
			return 1
		}
		if order.Uint16(b[entry:]) == 0x0112 {
			if value := int(order.Uint16(b[entry+8:])); value >= 1 && value <= 8 {
				return value
			}
			return 1
		}
	}
	return 1
}

// turned is a picture as it was seen through the camera.
func turned(picture image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return picture
	}
	from := image.NewNRGBA(image.Rect(0, 0, picture.Bounds().Dx(), picture.Bounds().Dy()))
	draw.Draw(from, from.Bounds(), picture, picture.Bounds().Min, draw.Src)
	width, height := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewNRGBA(image.Rect(0, 0, width, height))
	if orientation >= 5 {
		to = image.NewNRGBA(image.Rect(0, 0, height, width))
	}
	for y := range height {
		for x := range width {
			tox, toy := turn(x, y, width, height, orientation)
			copy(to.Pix[to.PixOffset(tox, toy):][:4], from.Pix[from.PixOffset(x, y):][:4])
		}
	}
	return to
}

// turn is where a pixel goes.
func turn(x, y, width, height, orientation int) (int, int) {
	switch orientation {
	case 2:
		return width - 1 - x, y
	case 3:
		return width - 1 - x, height - 1 - y
	case 4:
		return x, height - 1 - y
	case 5:
		return y, x
	case 6:
		return height - 1 - y, x
	case 7:
		return height - 1 - y, width - 1 - x
	}
	return y, width - 1 - x
}
