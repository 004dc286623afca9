package rooms

// What the lobby projects: who is in which room, so that a person's rooms can
// be listed without opening any. See migrations.
type (
	memberRow struct {
		Room   string `gorm:"primaryKey"`
		Member string `gorm:"primaryKey"`
		Person string
	}
	memberRoleRow struct {
		Room   string `gorm:"primaryKey"`
		Member string `gorm:"primaryKey"`
		Role   string
	}
	removedMemberRow struct {
		Room   string `gorm:"primaryKey"`
		Member string `gorm:"primaryKey"`
	}
	archivedRoomRow struct {
		Room string `gorm:"primaryKey"`
		At   int64
	}
	deletedRoomRow struct {
		Room string `gorm:"primaryKey"`
		At   int64
	}
	roomTitleRow struct {
		Room  string `gorm:"primaryKey"`
		Title string
	}
	screenRow struct {
		Room string `gorm:"primaryKey"`
		ID   string `gorm:"primaryKey"`
		Hash string
	}
)

func (memberRow) TableName() string        { return "members" }
func (memberRoleRow) TableName() string    { return "member_roles" }
func (removedMemberRow) TableName() string { return "removed_members" }
func (archivedRoomRow) TableName() string  { return "archived_rooms" }
func (deletedRoomRow) TableName() string   { return "deleted_rooms" }
func (roomTitleRow) TableName() string     { return "room_titles" }
func (screenRow) TableName() string        { return "screens" }

// lobbyRows projects one event. An event that changes one thing of a member
// does not say the others, so each thing has a table of its own.
func lobbyRows(room string, e Event) []Row {
	switch e.Did {
	case "entered":
		var m lobbyEntered
		decode(e.With, &m)
		return []Row{
			{Put: &memberRow{Room: room, Member: m.ID, Person: m.Person}},
			{Put: &memberRoleRow{Room: room, Member: m.ID, Role: m.Role.String()}},
		}
	case "screenKeyed":
		var k screenByKey
		decode(e.With, &k)
		return []Row{{Put: &screenRow{Room: room, ID: k.ID, Hash: k.Hash}}}
	case "unscreened", "role", "removed", "readmitted", "titled", "archived", "deleted":
		var c lobbyChange
		decode(e.With, &c)
		switch e.Did {
		case "unscreened":
			return []Row{{Drop: &screenRow{Room: room, ID: c.ID}}}
		case "archived":
			return putIf(c.On, &archivedRoomRow{Room: room, At: e.At})
		case "deleted":
			return putIf(c.On, &deletedRoomRow{Room: room, At: e.At})
		case "role":
			return []Row{{Put: &memberRoleRow{Room: room, Member: c.Member, Role: c.Role.String()}}}
		case "removed":
			return []Row{{Put: &removedMemberRow{Room: room, Member: c.ID}}}
		case "readmitted":
			return []Row{{Drop: &removedMemberRow{Room: room, Member: c.ID}}}
		}
		return []Row{{Put: &roomTitleRow{Room: room, Title: c.Title}}}
	}
	return nil
}

// putIf puts a row, or drops it.
func putIf(on bool, row any) []Row {
	if on {
		return []Row{{Put: row}}
	}
	return []Row{{Drop: row}}
}
