package accounts

import "strings"

// common are passwords of eight and more characters that are tried first, in
// lower case. Shorter ones are refused for their length.
var common = func() map[string]bool {
	all := map[string]bool{}
	for _, password := range strings.Fields(`
		password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pa$$word passwort passwort1
		password! password1! password123! mypassword newpassword changeme changeme123 letmein1 letmein123
		12345678 123456789 1234567890 12345678910 123123123 1234512345 12341234 01234567 012345678 0123456789
		87654321 987654321 9876543210 11223344 112233445566 123456789a 123456780 147258369 159753456 123654789
		qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwertz123 qwertzui qwertzuiop azertyuiop
		1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 1qaz2wsx 1qaz2wsx3edc zaq12wsx zaq1zaq1 qazwsxedc
		asdfghjk asdfghjkl asdf1234 asdfasdf zxcvbnm1 zxcvbnm123 qweasdzxc qwer1234 qweqweqwe 1qazxsw2
		abcdefgh abcd1234 abcd12345 abc12345 abc123456 abc123abc a1234567 a12345678 a123456789 aa123456 aa12345678
		iloveyou iloveyou1 iloveyou2 iloveyou! woaini1314 woaini520 5201314520 loveyou1 ilovegod
		football football1 baseball baseball1 basketball superman superman1 batman123 spiderman pokemon1 starwars
		princess princess1 sunshine sunshine1 michelle jennifer jessica1 ashley12 charlie1 elizabeth samantha
		dragon12 dragon123 monkey12 monkey123 master12 master123 shadow12 shadow123 computer internet trustno1
		welcome1 welcome12 welcome123 welcome1! hello123 hello1234 helloworld whatever blink182 access14
		admin123 admin1234 administrator root1234 test1234 test12345 testtest testtest1 guest123 user1234
		default1 secret123 temp1234 temporary login123 summer2024 summer2025 winter2024 winter2025 spring2025
		liverpool chelsea1 arsenal1 mercedes corvette maverick marlboro butterfly chocolate cookie123 google123
		facebook facebook1 linkedin minecraft fuckyou1 hunter12 killer123 matrix12 nothing1 freedom1 plenum12 plenum123`) {
		all[password] = true
	}
	return all
}()
