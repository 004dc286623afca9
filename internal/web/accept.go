package web

import (
	"net/http"
	"strconv"
	"strings"
)

// encodings says how gladly each content coding is taken, from 0 (not at all) to 1.
type encodings struct{ br, gzip float64 }

// accepted reads Accept-Encoding: weights count, "q=0" is a no, and "*" speaks
// for what is not named.
func accepted(h http.Header) encodings {
	weights := map[string]float64{}
	for _, part := range strings.Split(strings.Join(h.Values("Accept-Encoding"), ","), ",") {
		name, parameters, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		weights[name] = weight(parameters)
	}
	pick := func(names ...string) float64 {
		for _, name := range names {
			if w, ok := weights[name]; ok {
				return w
			}
		}
		return 0
	}
	return encodings{br: pick("br", "*"), gzip: pick("gzip", "x-gzip", "*")}
}

// weight is the q of a coding: 1 if there is none, 0 if it cannot be read.
func weight(parameters string) float64 {
	for _, parameter := range strings.Split(parameters, ";") {
		name, value, ok := strings.Cut(parameter, "=")
		if !ok || !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return q
	}
	return 1
}
