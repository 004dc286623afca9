package accounts

// letter is a mail before it has its address (the first %s) and its link (the second).
type letter struct{ subject, text string }

// letters are all that an account can make the server write.
type letters struct{ password, address, passwordChanged, addressChanged, passkeyAdded, connected, deleted letter }

// lettersIn are the letters in a language of the pages; others are English.
func lettersIn(language string) letters {
	if language == "zh-CN" {
		return chinese
	}
	return english
}

var english = letters{
	password: letter{"A new password for Plenum", `Somebody, hopefully you, wants to set a new password for the Plenum account %s.

Open this link within one hour to choose it:
%s

It was not you? Then there is nothing to do: your password stays as it is.
`},
	address: letter{"Is this your address?", `The address %s was given for an account on Plenum.

Open this link within three days if that was you:
%s

It was not you? Then there is nothing to do.
`},
	passwordChanged: letter{"Your Plenum password was changed", `The password of the Plenum account %s was changed. Other devices are signed out.

It was not you? Then set a new one now, by "Forgot your password?" on this page:
%s
`},
	addressChanged: letter{"Your Plenum account has another address", `The Plenum account that had the address %s has another one now. This one is no longer used.

It was not you? Then tell the people who run the server:
%s
`},
	passkeyAdded: letter{"A passkey was added to your Plenum account", `The Plenum account %s can now be signed in to with a new passkey.

It was not you? Then take the passkey away on this page, and change your password:
%s
`},
	connected: letter{"Your Plenum account is connected", `The Plenum account %s can now be signed in to by the identity provider of this server.

It was not you? Then disconnect it on this page, and change your password:
%s
`},
	deleted: letter{"Your Plenum account is deleted", `The Plenum account %s is deleted. Nothing more is mailed to this address.

It was not you? Then tell the people who run the server:
%s
`},
}

var chinese = letters{
	password: letter{"重设 Plenum 密码", `有人（希望是你本人）要为 Plenum 账户 %s 设置新密码。

请在一小时内打开此链接设置：
%s

如果不是你本人操作，请忽略此邮件，密码不会改变。
`},
	address: letter{"请确认你的邮箱", `有人在 Plenum 的账户中填写了邮箱 %s。

如果是你本人，请在三天内打开此链接确认：
%s

如果不是你本人操作，请忽略此邮件。
`},
	passwordChanged: letter{"你的 Plenum 密码已更改", `Plenum 账户 %s 的密码已更改，其他设备已退出登录。

如果不是你本人操作，请立即在此页面点“忘记密码？”重设：
%s
`},
	addressChanged: letter{"你的 Plenum 账户已更换邮箱", `原先使用 %s 的 Plenum 账户已更换邮箱，此邮箱不再使用。

如果不是你本人操作，请联系服务器的管理者：
%s
`},
	passkeyAdded: letter{"你的 Plenum 账户已添加通行密钥", `现在可以用新的通行密钥登录 Plenum 账户 %s。

如果不是你本人操作，请在此页面移除该通行密钥并修改密码：
%s
`},
	connected: letter{"你的 Plenum 账户已关联统一身份认证", `现在可以用此服务器的统一身份认证登录 Plenum 账户 %s。

如果不是你本人操作，请在此页面取消关联并修改密码：
%s
`},
	deleted: letter{"你的 Plenum 账户已删除", `Plenum 账户 %s 已删除，今后不会再向此邮箱发送邮件。

如果不是你本人操作，请联系服务器的管理者：
%s
`},
}
