package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// A Bucket keeps bytes in a bucket of anything that speaks S3.
type Bucket struct {
	client       *minio.Client
	name, prefix string
}

// NewBucket opens s3://bucket/prefix?endpoint=https://host&region=eu-west-2.
// Without an endpoint it is Amazon's own; the prefix may be absent. The keys are
// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, where there is one,
// AWS_SESSION_TOKEN, as env gives them. They must be allowed to get, put and
// delete objects and to list the bucket, without which S3 does not say that
// something is missing. Nothing is asked of the bucket yet.
func NewBucket(where string, env func(string) string) (*Bucket, error) {
	u, err := url.Parse(where)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User != nil {
		return nil, errors.New("documents: the bucket must be written s3://bucket/prefix?endpoint=https://host&region=eu-west-2, without keys")
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, errors.New("documents: what follows ? in the bucket's address cannot be read")
	}
	for name := range q {
		if name != "endpoint" && name != "region" {
			return nil, fmt.Errorf("documents: a bucket has an endpoint and a region, and no %q", name)
		}
	}
	host, secure := "s3.amazonaws.com", true
	if e := q.Get("endpoint"); e != "" {
		at, err := url.Parse(e)
		if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" || strings.Trim(at.Path, "/") != "" {
			return nil, errors.New("documents: the endpoint must be written https://host or http://host:port")
		}
		host, secure = at.Host, at.Scheme == "https"
	}
	id, secret := env("AWS_ACCESS_KEY_ID"), env("AWS_SECRET_ACCESS_KEY")
	if id == "" || secret == "" {
		return nil, errors.New("documents: a bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
	}
	client, err := minio.New(host, &minio.Options{
		Creds: credentials.NewStaticV4(id, secret, env("AWS_SESSION_TOKEN")), Secure: secure, Region: q.Get("region"), MaxRetries: 3, // somebody waits
	})
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	return &Bucket{client, u.Host, strings.Trim(u.Path, "/")}, nil
}

func (b *Bucket) key(digest string) string { return path.Join(b.prefix, digest[:2], digest) }

// Put implements [Store]. The bytes wait on the machine's own disk, because a
// bucket must be told their digest before it is sent them.
func (b *Bucket) Put(ctx context.Context, r io.Reader, look func(Bytes) error) (Kept, error) {
	file, kept, err := stage("", r)
	if err != nil {
		return Kept{}, err
	}
	defer unstage(file)
	if err := look(Bytes{file, kept}); err != nil {
		return Kept{}, err
	}
	if kept.Before, err = b.Exists(ctx, kept.Digest); err != nil || kept.Before {
		return kept, err
	}
	// One request, so that the object is there whole or not at all.
	_, err = b.client.PutObject(ctx, b.name, b.key(kept.Digest), file, kept.Size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", DisableMultipart: true, SendContentMd5: true,
	})
	if err != nil {
		return Kept{}, fmt.Errorf("keeping a document: %w", err)
	}
	return kept, nil
}

// Open implements [Store].
func (b *Bucket) Open(ctx context.Context, digest string) (io.ReadCloser, error) {
	if !isDigest(digest) {
		return nil, ErrNotFound
	}
	object, err := b.client.GetObject(ctx, b.name, b.key(digest), minio.GetObjectOptions{})
	if err != nil {
		return nil, fmt.Errorf("opening a document: %w", err)
	}
	if _, err := object.Stat(); err != nil { // nothing was asked for until now
		_ = object.Close()
		if b.missing(ctx, err) {
			return nil, ErrNotFound
		}
		return nil, fmt.Errorf("opening a document: %w", err)
	}
	return newChecked(object, digest), nil
}

// Delete implements [Store].
func (b *Bucket) Delete(ctx context.Context, digest string) error {
	if !isDigest(digest) {
		return nil
	}
	if err := b.client.RemoveObject(ctx, b.name, b.key(digest), minio.RemoveObjectOptions{}); err != nil && !b.missing(ctx, err) {
		return fmt.Errorf("deleting a document: %w", err)
	}
	return nil
}

// Exists implements [Store].
func (b *Bucket) Exists(ctx context.Context, digest string) (bool, error) {
	if !isDigest(digest) {
		return false, nil
	}
	_, err := b.client.StatObject(ctx, b.name, b.key(digest), minio.StatObjectOptions{})
	if b.missing(ctx, err) {
		return false, nil
	} else if err != nil {
		return false, fmt.Errorf("looking for a document: %w", err)
	}
	return true, nil
}

// missing reports whether an error says that there is no such object. That there
// is no such bucket is another matter, which the answer alone does not always
// tell.
func (b *Bucket) missing(ctx context.Context, err error) bool {
	if err == nil || minio.ToErrorResponse(err).StatusCode != http.StatusNotFound {
		return false
	}
	there, err := b.client.BucketExists(ctx, b.name)
	return there && err == nil
}
