package bench

import (
	"fmt"
	"runtime"
	"testing"

	"weald/calendar"
	"weald/domain/child"
)

// nursery makes names of children, spread over as many surnames as a county has:
// a few that very many share, and a long tail.
func nursery(n int) *child.Index {
	forenames := []string{"Oliver", "George", "Muhammad", "Mohammed", "Amelia", "Isla", "Ava", "Elizabeth", "Katherine", "Noah", "Freddie", "Zainab", "Anne-Marie", "Thomas", "James", "Charlotte", "Ivy", "Siobhan", "Łukasz", "Zoë"}
	starts := []string{"Al", "Ba", "Car", "Dun", "El", "Far", "Gor", "Hal", "Ing", "Jar", "Kes", "Lam", "Mor", "Nor", "Ock", "Pem", "Quil", "Ros", "Sten", "Thorn", "Under", "Vas", "Whit", "Yel", "Zan"}
	ends := []string{"by", "don", "field", "ford", "ham", "ing", "ley", "man", "ner", "over", "son", "stone", "ton", "well", "wood", "worth", "shaw", "croft", "gate", "house"}
	middles := []string{"", "a", "e", "er", "in", "ow", "ick", "ard", "ul", "en", "ob", "is", "om", "et", "ak", "us", "yn", "or", "ev", "id"}
	common := []string{"Smith", "Jones", "O'Brien", "Khan", "Ali", "Patel", "Taylor", "Smith-Jones"}
	x := child.NewIndex()
	for i := range n {
		k := uint64(i)*0x9E3779B97F4A7C15 + 0x1234567
		k ^= k >> 29
		surname := starts[k%25] + middles[k>>8%20] + ends[k>>16%20]
		if k>>24%10 == 0 {
			surname = common[k>>32%8]
		}
		x.Put(fmt.Sprintf("child-%07d", i), child.Entry{
			Surname: surname, Forename: forenames[k>>40%20], Born: calendar.On(2002, 1, 1) + calendar.Date(k>>13%8400),
			UPN: fmt.Sprintf("A001%04d%05d", k>>20%10000, i%100000), NHS: fmt.Sprintf("999%07d", i), Reference: fmt.Sprintf("WM-%06d", i),
			Postcode: fmt.Sprintf("W%d%c %d%c%c", k>>9%30+1, 'A'+k>>50%20, k>>45%9, 'A'+k>>30%20, 'A'+k>>35%20),
		})
	}
	return x
}

// BenchmarkSearch finds children by what somebody typed, twenty at a time.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{20_000, 640_000} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		x := nursery(n)
		runtime.GC()
		runtime.ReadMemStats(&after)
		for _, q := range []string{"smith", "Obrian", "mohamed smth", "el", "liz jones 3/2/2012", "9990012354", "WM-012345", "W12"} {
			b.Run(fmt.Sprintf("%d/%s", n, q), func(b *testing.B) {
				for b.Loop() {
					x.Search(q, 20)
				}
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
			})
		}
		b.Run(fmt.Sprintf("%d/match", n), func(b *testing.B) {
			for b.Loop() {
				x.Match(child.Entry{Surname: "Smyth", Forename: "Olivr", Born: calendar.On(2014, 2, 3), Postcode: "W1A 1AA"}, 10)
			}
		})
		b.Run(fmt.Sprintf("%d/put", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				x.Put("child-0000077", child.Entry{Surname: "Smith", Forename: []string{"Oliver", "Olivia"}[i%2], Born: calendar.On(2014, 2, 3)})
			}
		})
	}
}
