// Package auth stands for Traefik's own fork of github.com/abbot/go-http-auth, of which the module proxy has no version. It is the original
// with the two functions that Traefik needs beside it.
package auth

import (
	"net/http"

	original "keelson/embedded/cluster/traefik/original"
)

// BasicAuth is the original's.
type BasicAuth = original.BasicAuth

// DigestAuthParams is the original's.
var DigestAuthParams = original.DigestAuthParams

// CheckSecret tells whether a password is the one that a secret, as of a .htpasswd file, was made from.
func CheckSecret(password, secret string) bool {
	request := http.Request{Header: http.Header{}}
	request.SetBasicAuth("anyone", password)
	basic := BasicAuth{Secrets: func(_, _ string) string { return secret }}
	return basic.CheckAuth(&request) != ""
}

// DigestAuth is the original's, and can say that a request's nonce is stale.
type DigestAuth struct {
	*original.DigestAuth
}

// NewDigestAuthenticator makes one with the original's defaults.
func NewDigestAuthenticator(realm string, secrets original.SecretProvider) *DigestAuth {
	return &DigestAuth{original.NewDigestAuthenticator(realm, secrets)}
}

// RequireAuthStale asks for the same credentials with another nonce (RFC 7616, section 3.3).
func (digest *DigestAuth) RequireAuthStale(writer http.ResponseWriter, request *http.Request) {
	digest.RequireAuth(staleWriter{writer}, request)
}

type staleWriter struct {
	http.ResponseWriter
}

func (writer staleWriter) WriteHeader(status int) {
	const challenge = "WWW-Authenticate"
	writer.Header().Set(challenge, writer.Header().Get(challenge)+", stale=true")
	writer.ResponseWriter.WriteHeader(status)
}
