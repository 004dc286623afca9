package main

import (
	"fmt"
	"io"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/skip2/go-qrcode"
)

// addresses are where the server can be reached.
type addresses struct {
	local  string // from this machine
	phones string // from the same network; "" if it cannot be, or is not known
}

// addresses of the server, as far as this machine knows them.
func (p *Program) addresses() addresses {
	scheme := "http://"
	if p.settings.TLSCert != "" {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(p.listener.Addr().String())
	if err != nil {
		panic(err) // a TCP listener's address has a port
	}
	bound, err := netip.ParseAddr(host)
	if err != nil {
		panic(err) // and an IP address before it
	}
	at := addresses{local: scheme + net.JoinHostPort("localhost", port)}
	if !bound.IsUnspecified() {
		at.local = scheme + net.JoinHostPort(host, port)
	}
	switch {
	case p.settings.BaseURL != nil:
		at.phones = strings.TrimSuffix(p.settings.BaseURL.String(), "/")
	case bound.IsUnspecified():
		if address, ok := networkAddress(); ok {
			at.phones = scheme + net.JoinHostPort(address.String(), port)
		}
	case !bound.IsLoopback():
		at.phones = at.local
	}
	return at
}

// networkAddress picks the address by which phones on the same network most
// likely reach this machine. It asks the machine and sends nothing.
func networkAddress() (netip.Addr, bool) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return netip.Addr{}, false // the server works; only this line is not printed
	}
	var found []netip.Addr
	for _, each := range interfaces {
		if each.Flags&net.FlagUp == 0 || each.Flags&(net.FlagLoopback|net.FlagPointToPoint) != 0 || isVirtual(each.Name) {
			continue
		}
		bound, err := each.Addrs()
		if err != nil {
			continue
		}
		for _, address := range bound {
			prefix, err := netip.ParsePrefix(address.String())
			if err == nil && prefix.Addr().Is4() && prefix.Addr().IsGlobalUnicast() {
				found = append(found, prefix.Addr())
			}
		}
	}
	if len(found) == 0 {
		return netip.Addr{}, false
	}
	return slices.MinFunc(found, func(a, b netip.Addr) int { return homeliness(a) - homeliness(b) }), true
}

// isVirtual tells of networks inside this machine.
func isVirtual(name string) bool {
	return slices.ContainsFunc([]string{"docker", "veth", "br-", "virbr", "vmnet", "vboxnet", "cni", "podman"}, func(prefix string) bool {
		return strings.HasPrefix(name, prefix)
	})
}

// homeliness orders addresses, the likeliest first: 192.168 is at home, 172.16
// is often a container's, and whole campuses have public ones.
func homeliness(address netip.Addr) int {
	first := address.As4()[0]
	switch {
	case !address.IsPrivate():
		return 3
	case first == 192:
		return 0
	case first == 10:
		return 1
	}
	return 2
}

// greet prints where to go, and as a QR code what phones need.
func greet(out io.Writer, at addresses, qr bool) {
	fmt.Fprintf(out, "\n  Plenum is ready.\n\n  On this machine:   %s\n", at.local)
	if at.phones == "" {
		fmt.Fprintln(out)
		return
	}
	fmt.Fprintf(out, "  For phones:        %s\n\n", at.phones)
	if !qr {
		return
	}
	code, err := qrcode.New(at.phones, qrcode.Medium)
	if err != nil {
		return // the address is printed above; it is only too long for a code
	}
	fmt.Fprintln(out, code.ToSmallString(false))
}
