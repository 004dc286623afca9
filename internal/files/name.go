package files

import (
	"bytes"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName bounds the name of a file, in characters.
const maxName = 120

// cleanName is what a file is called: without folders, and without what could
// make a name lie about itself on screen.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError || strings.ContainsRune(`<>:"|?*/`, r) {
			return -1
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, name)
	if letters := []rune(name); len(letters) > maxName { // the end tells what it is
		name = string(letters[:maxName-12]) + string(letters[len(letters)-12:])
	}
	if name = strings.Trim(name, " ."); name == "" {
		return "file"
	}
	return name
}

// ends are the ends of names of the images that are made here.
var ends = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}

// imageType is the media type of a content that begins like an image which can
// be made anew; "" for all others, whatever they are called.
func imageType(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(head, []byte("GIF87a")), bytes.HasPrefix(head, []byte("GIF89a")):
		return "image/gif"
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return "image/webp"
	}
	return ""
}
