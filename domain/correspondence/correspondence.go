// Package correspondence is what families, settings and others write and say to
// the council about a child, and by when somebody must answer it.
//
// An automatic receipt is no step here and so answers nothing: only what a person
// says to whoever asked stops the clock. It holds no words, only what happened on
// which day. Start reading at [Read].
package correspondence

import "weald/calendar"

// A Channel is how something was said.
type Channel string

// Channels.
const (
	Portal  Channel = "portal"
	Email   Channel = "email"
	Phone   Channel = "phone"
	Letter  Channel = "letter"
	Meeting Channel = "meeting"
	Social  Channel = "social"
)

// Channels is the channels with their words.
var Channels = []struct {
	Channel Channel
	Words   string
}{
	{Portal, "On their own page"}, {Email, "By email"}, {Phone, "By telephone"}, {Letter, "By letter"}, {Meeting, "Face to face"}, {Social, "On social media"},
}

// Words says how something was said; "" for a channel that is none.
func (c Channel) Words() string {
	for _, one := range Channels {
		if one.Channel == c {
			return one.Words
		}
	}
	return ""
}

// A Sender is who asks.
type Sender string

// Senders.
const (
	Parent      Sender = "parent"
	YoungPerson Sender = "young-person"
	Setting     Sender = "setting"
	Service     Sender = "service"
	Member      Sender = "member"
	Other       Sender = "other"
)

// Senders is the senders with their words.
var Senders = []struct {
	Sender Sender
	Words  string
}{
	{Parent, "Parent, carer or supporter"}, {YoungPerson, "Child or young person"}, {Setting, "School, college or other setting"}, {Service, "Health, care or another service"}, {Member, "MP or councillor"}, {Other, "Somebody else"},
}

// Words says who asks; "" for a sender that is none.
func (s Sender) Words() string {
	for _, one := range Senders {
		if one.Sender == s {
			return one.Words
		}
	}
	return ""
}

// A Topic is what somebody asks about.
type Topic string

// Topics is what may be asked about, with its words for staff and for families.
var Topics = []struct {
	Topic         Topic
	Words, Family string
}{
	{"when", "What happens next, and when", "What happens next, and when"},
	{"assessment", "Asking for an assessment", "Asking for an assessment"},
	{"plan", "What the plan says", "What the plan says"},
	{"place", "A school, college or other place", "A school, college or other place"},
	{"help", "Provision that is not given", "Help that is not happening"},
	{"review", "The review of the plan", "The review meeting"},
	{"travel", "Travel", "Getting there and back"},
	{"health", "Health or care", "Health or care"},
	{"other", "Something else", "Something else"},
}

// Words says what is asked about; "" for a topic that is none.
func (t Topic) Words() string {
	for _, one := range Topics {
		if one.Topic == t {
			return one.Words
		}
	}
	return ""
}

// A Step is one thing that happened to an item.
type Step string

// Steps.
const (
	Asked    Step = "asked"    // the person said something that wants an answer
	Answered Step = "answered" // somebody answered them, in words
	Tried    Step = "tried"    // somebody rang and reached nobody: that answers nothing
	Noted    Step = "noted"    // a note among staff
	Given    Step = "given"    // it was given to somebody
	Settled  Step = "settled"  // it needs no answer, for a reason that the person sees
)

// A Moment is a step on its day.
type Moment struct {
	Step Step
	On   calendar.Date
}

// A Standard is by when an answer is owed. It is the local area's own promise and
// no law.
type Standard struct {
	Limit calendar.Limit
	Why   string
}

// Promise is the standard in use: an answer from a person within five working
// days, which is what families of the county asked for in a petition and what
// measure I029 counts.
var Promise = Standard{calendar.Within(5, calendar.WorkingDays), "A local promise of five working days, and no law. Families asked for it."}

// A State is how an item stands.
type State struct {
	Waiting bool
	Since   calendar.Date // the day of the first thing that was not answered
	ReplyBy calendar.Date // the last day on which an answer is in time
	Again   int           // how often the person asked again while they waited
	Asked   int           // how often they asked in all
	Tried   int           // how often somebody rang in vain since it was asked
}

// Late reports whether the answer is overdue on a day.
func (s *State) Late(today calendar.Date) bool { return s.Waiting && today > s.ReplyBy }

// Read reads how an item stands from its moments, in their order. Asking again
// neither puts the day off nor brings it forward: nobody gains by pushing harder,
// and nobody loses.
func Read(moments []Moment, standard Standard, h *calendar.Holidays) (s State) {
	for _, m := range moments {
		switch m.Step {
		case Asked:
			s.Asked++
			if s.Waiting {
				s.Again++
				continue
			}
			s.Waiting, s.Since, s.ReplyBy = true, m.On, standard.Limit.LastDay(m.On, h)
		case Answered, Settled:
			s.Waiting, s.Since, s.ReplyBy, s.Again, s.Tried = false, 0, 0, 0, 0
		case Tried:
			s.Tried++
		case Noted, Given:
		}
	}
	return s
}
