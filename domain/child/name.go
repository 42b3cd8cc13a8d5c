package child

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Letters that carry no mark that could be taken off, and how they are typed by
// somebody without them on the keyboard.
var plainLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ł': "l", 'ı': "i", 'þ': "th", 'ð': "d", 'ħ': "h", 'ŋ': "n", 'ə': "a",
}

// Fold writes a name as it is compared: in small letters, without accents and
// apostrophes, its words apart by one space. Hyphens part words.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	put := func(r rune) {
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	for _, r := range decomposed(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			put(r)
		case r >= 'A' && r <= 'Z':
			put(r - 'A' + 'a')
		case r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´' || r == '.' || unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			r = unicode.ToLower(r)
			if plain, ok := plainLetters[r]; ok {
				for _, p := range plain {
					put(p)
				}
			} else {
				put(r)
			}
		default:
			space = true
		}
	}
	return b.String()
}

func decomposed(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFKD.String(s)
		}
	}
	return s
}

// maxWord bounds the letters of a word that are compared.
const maxWord = 32

// words returns the words of a folded name, and all of them as one.
func words(name string) (parts []string, joined string) {
	parts = strings.Fields(Fold(name))
	for i, p := range parts {
		parts[i] = clip(p)
	}
	if len(parts) > 1 {
		joined = clip(strings.Join(parts, ""))
	}
	return parts, joined
}

// clip cuts a word to what is compared of it, at the end of a letter.
func clip(w string) string {
	if len(w) <= maxWord {
		return w
	}
	at := maxWord
	for at > 0 && w[at]&0xc0 == 0x80 {
		at--
	}
	return w[:at]
}

// slips counts the typing mistakes between two words: a letter wrong, missing or
// too many, or two letters that changed places. Above most it returns most+1.
func slips(a, b string, most int) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > most {
		return most + 1
	}
	for len(a) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 {
		return min(len(b), most+1)
	}
	if len(b) > maxWord {
		return most + 1
	}
	var rows [3][maxWord + 1]int8
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = int8(j)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = int8(i)
		least := row[0]
		for j := 1; j <= len(b); j++ {
			n := last[j-1]
			if a[i-1] != b[j-1] {
				n = min(n, last[j], row[j-1]) + 1
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					n = min(n, before[j-2]+1)
				}
			}
			row[j] = n
			least = min(least, n)
		}
		if int(least) > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return min(int(last[len(b)]), most+1)
}

// forgiven is how many slips are forgiven in a word of a length.
func forgiven(n int) int {
	switch {
	case n < 3:
		return 0
	case n < 6:
		return 1
	}
	return 2
}

// letters marks which letters a word has, so that most words are told apart
// without being compared.
func letters(w string) (mask uint32) {
	for i := range len(w) {
		if c := w[i]; c >= 'a' && c <= 'z' {
			mask |= 1 << (c - 'a')
		} else {
			mask |= 1 << (26 + c%6)
		}
	}
	return mask
}

var sounds = strings.NewReplacer(
	"ph", "f", "sch", "s", "sh", "s", "ck", "k", "th", "t", "gh", "", "wr", "r", "kn", "n", "dj", "j", "ks", "x", "cz", "s", "sz", "s", "tz", "s",
	"ce", "se", "ci", "si", "cy", "si", "ge", "je", "gi", "ji", "c", "k", "q", "k", "z", "s", "v", "f",
)

// sound returns what is left of a word when letters that sound alike are written
// alike: its first letter and its consonants. Mohamed and Muhammad have one
// sound, and so have Steven and Stephen.
func sound(w string) string {
	s := sounds.Replace(w)
	var b [maxWord]byte
	n := 0
	for i := range len(s) {
		c := s[i]
		vowel := strings.IndexByte("aeiouwy", c) >= 0
		switch {
		case i == 0 && vowel:
			c = 'a'
		case vowel, n > 0 && b[n-1] == c, c == 'h' && n > 0 && i == len(s)-1, n == maxWord:
			continue
		}
		b[n] = c
		n++
	}
	return string(b[:n])
}

// shortForms are forenames that one person may go by. It is a list of our own
// and far from all.
var shortForms = strings.Fields(`
aaron,arron,ron abigail,abby,abbie,gail abdul,abdullah,abdallah adam,addy adrian,ade ahmed,ahmad,ahmet,achmed aisha,ayesha,aysha,aishah alan,allan,allen,al
albert,bert,albie,alby alexander,alex,alec,sandy,xander,lex,aleksander alexandra,alex,sandra,lexi,lexie,sasha,aleksandra alfred,alfie,fred,alf alice,ally
alison,allison amanda,mandy amelia,millie,milly,amy,emilia amir,ameer andrew,andy,drew,andrei,andrzej angela,angie ann,anne,anna,annie,hannah,nan anthony,tony,antony,ant
archibald,archie,archer arthur,art,artie aoife,eefa,eva barbara,babs,barb benjamin,ben,benny,benji bartholomew,bart beatrice,bea,trixie,beatrix bethany,beth,bethan bradley,brad
bridget,biddy,bridie,brigid caoimhe,keeva,kiva,keva caitlin,kaitlin,katelyn,kaitlyn,caitlyn cameron,cam catherine,katherine,kathryn,kate,katie,kathy,cathy,kitty,cath,kath,katy,catriona,katarzyna
charles,charlie,chuck,chas charlotte,charlie,lottie,lotty,char,charley christina,chris,chrissie,tina,kristina christine,chris,chrissie,tina christopher,chris,kit,topher,kristopher
connor,conor daniel,dan,danny,daniyal danielle,dani,danni david,dave,davey,dai,dawid deborah,debbie,deb,debra dominic,dom,dominik donald,don,donny dorothy,dot,dottie,dolly
douglas,doug dylan,dillon,dilan edward,ed,eddie,ted,teddy,ned,eduard eleanor,ellie,nell,nellie,elle,eleanora,elinor,nora elijah,eli,elias
elizabeth,liz,lizzie,lizzy,beth,betty,eliza,elsie,libby,bess,betsy,lisa,elisabeth,liza,elspeth ella,ellie emily,em,emmy,emilie,emma evelyn,evie,eve,eva
ezekiel,zeke fatima,fatimah,fatema,fatma florence,flo,florrie,flossie frances,fran,frankie,fanny,francesca francis,frank,frankie,fran frederick,fred,freddie,freddy,fredrick
gabriel,gabe gabrielle,gabby,gabi gareth,gary,gaz geoffrey,jeff,geoff,jeffrey george,georgie georgina,georgie,gina,georgia gerald,gerry,jerry gerard,gerry,jerry
grace,gracie gregory,greg hannah,hana,hanna harold,harry,hal harriet,hattie,hetty,harry harrison,harry helen,nell,ellen,helena,nelly henry,harry,hal,hank hussein,hussain,husain,hossein
ibrahim,ebrahim,abraham imogen,immy,immie isaac,zac,ishaq isabella,bella,izzy,isabel,isobel,issy,isabelle,izzie jacob,jake,jakub,yaqub jacqueline,jackie,jacqui
james,jim,jimmy,jamie,jem,jimmie jane,janie,jenny janet,jan jasmine,jas,yasmin,jazz,jasmin jayden,jaden,jaiden,jadon jennifer,jen,jenny,jenni jeremy,jerry,jez jessica,jess,jessie
joan,joanie joanna,jo,joanne,joann john,jack,johnny,jon,johnnie,sean,ian,jan jonathan,jon,jonny,johnathan,jonathon,nathan joseph,joe,joey,jo,yusuf,josef,jozef josephine,jo,josie
joshua,josh judith,judy,jude julia,julie,jules juliet,jules,julie kayleigh,kayley,kaylee kenneth,ken,kenny kevin,kev kimberley,kim,kimberly kieran,ciaran,keiran,kieron kristen,kirsten,kirsty,kristin
laura,laurie,lauren laurence,larry,lawrence,laurie,lorenzo leah,lea,lia leonard,len,leo,lenny leonardo,leo lewis,louis,lewie,lou lily,lilly,lillie,lillian,lilian louise,lou,lulu lucas,luke,luca,lukas,lukasz
lucy,lu,lucia,lucinda lydia,liddy madeleine,maddie,madeline,maddy,madison margaret,maggie,meg,peggy,madge,greta,rita,daisy,peg,mags,malgorzata maria,mary,marie,mariam,maryam,miriam
mark,marc,marcus,marek martha,mattie martin,marty mary,molly,polly,may,moll matilda,tilly,tilda,mattie,tillie matthew,matt,matty,mateusz,matteo,mathew maximilian,max maxwell,max
megan,meg,meghan melanie,mel,melany melissa,mel,lissa michael,mick,mike,mickey,micky,mikey,michal,mikail michelle,shell,chelle,shelly millicent,millie,milly
mohammed,muhammad,mohamed,mohammad,muhammed,mohamad,mohamud,muhammet,mo,moh,md,mohd,mehmet mustafa,mustapha,mostafa natalie,nat,nathalie,natalia natasha,tasha,nat nathaniel,nathan,nat,nate
nicholas,nick,nicky,nico,nicolas,nik,nikolas,mikolaj niamh,neve,neave,nieve nicola,nicky,nic,nikki nicole,nicky,nikki noah,nuh oliver,ollie,olly,oli,oliwier olivia,livvy,liv,olive,libby,oliwia omar,umar,omer
oscar,ozzy,oskar oisin,osheen,ossian owen,owain,eoin,ewan,euan pamela,pam patricia,pat,trish,patsy,tricia,patty patrick,pat,paddy,padraig paul,pawel,pavel penelope,penny peter,pete,piotr philip,phil,pip,phillip,filip
philippa,pippa,pip phoebe,phebe piotr,peter rachel,rach,rachael,rae raymond,ray rebecca,becky,becca,bex,rebekah,rebeka rhys,reece,reese,rhis richard,rick,dick,ricky,rich,richie,dickie
robert,rob,bob,bobby,robbie,bert,rab,robin roderick,rod,rory ronald,ron,ronnie rosemary,rosie,rose,rosy rosalind,ros,roz,rosie roxanne,roxy russell,russ,rusty ruben,reuben
saoirse,sersha,seersha said,saeed,syed,sayed,saeid salman,sal samuel,sam,sammy samantha,sam,sammy,samanta sarah,sara,sally,sadie sebastian,seb,bastian,sebby sean,shaun,shawn shannon,shan sharon,shaz
siobhan,shivaun,chevonne sofia,sophia,sophie,zofia,soph sonia,sonya,sonja stanley,stan stephanie,steph,stefanie,stevie stephen,steve,steven,stevie,stefan stuart,stewart,stu susan,sue,susie,suzie,suzanne,susanna
sylvia,silvia tabitha,tabby taylor,tay teresa,theresa,terry,tess,tessa terence,terry,terrence thea,dorothea,theadora theodore,theo,ted,teddy,teo,theodor theresa,terri thomas,tom,tommy,tomasz,tomos,thom
timothy,tim,timmy toby,tobias,tobi tracey,tracy,trace tristan,tris tyler,ty usman,osman,uthman valerie,val vanessa,nessa,ness veronica,ronnie,vera,vicky victor,vic,wiktor victoria,vicky,vicki,tori,vikki,wiktoria vincent,vince,vinny
violet,vi virginia,ginny walter,wally,walt wilfred,wilf,wilfrid,fred william,will,bill,billy,willy,liam,wills,wilhelm winifred,win,winnie,freda yasmin,yasmine,jasmine,yas yousef,yusuf,yousuf,youssef,joseph
zachary,zac,zak,zach,zack,zachariah,zackary zainab,zaynab,zeinab zoe,zoey,zoie
`)

// formsOf holds, for each forename of the list, the other forms in its rows.
var formsOf = func() map[string][]string {
	all := map[string][]string{}
	for _, row := range shortForms {
		names := strings.Split(row, ",")
		for i, n := range names {
			for j, other := range names {
				// The first name of a row is the whole one: two short forms of it
				// are as near to one another as to it.
				if i != j && n != other {
					all[n] = append(all[n], other)
				}
			}
		}
	}
	return all
}()

func sameForm(a, b string) bool {
	for _, f := range formsOf[a] {
		if f == b {
			return true
		}
	}
	return false
}

// Alike says how near two names are, from 0 to 100: two surnames, or two
// forenames, which may be forms of one name. The order of two names, of their
// words and of letters that are easily confused counts for little.
func Alike(a, b string, forenames bool) int {
	as, aj := words(a)
	bs, bj := words(b)
	if len(as) == 0 || len(bs) == 0 {
		return 0
	}
	whole := func(words []string, joined string) string {
		if joined != "" {
			return joined
		}
		return words[0]
	}
	best := alikeWords(whole(as, aj), whole(bs, bj), forenames)
	if len(as) == 1 && len(bs) == 1 {
		return best
	}
	// Every word of the shorter name is to be found in the longer one.
	if len(as) > len(bs) {
		as, bs = bs, as
	}
	least := 100
	for _, p := range as {
		one := 0
		for _, q := range bs {
			one = max(one, alikeWords(p, q, forenames))
		}
		least = min(least, one)
	}
	if len(as) != len(bs) {
		least = least * 93 / 100
	} else {
		// Both ways, so that the answer is the same whichever name comes first.
		for _, q := range bs {
			one := 0
			for _, p := range as {
				one = max(one, alikeWords(p, q, forenames))
			}
			least = min(least, one)
		}
	}
	return max(best, least)
}

func alikeWords(a, b string, forenames bool) int {
	if a == b {
		return 100
	}
	best := 0
	if forenames && sameForm(a, b) {
		best = weightForm
	}
	most := forgiven(min(len(a), len(b)))
	switch n := slips(a, b, 3); {
	case n == 1 && most >= 1:
		best = max(best, weightSlip)
	case n == 2 && most >= 2 && a[0] == b[0]:
		best = max(best, weightSlips)
	case n <= 3 && len(a) > 3 && len(b) > 3 && sound(a) == sound(b) && len(sound(a)) > 2:
		best = max(best, weightSlips)
	}
	return best
}
