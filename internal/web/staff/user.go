package staff

import (
	"context"

	"weald/domain/access"
)

type userKey struct{}

// WithUser puts the person signed in into a request's context.
func WithUser(ctx context.Context, u access.User) context.Context {
	return context.WithValue(ctx, userKey{}, u)
}

// UserOf returns the person signed in, or nobody.
func UserOf(ctx context.Context) access.User {
	u, _ := ctx.Value(userKey{}).(access.User)
	return u
}
