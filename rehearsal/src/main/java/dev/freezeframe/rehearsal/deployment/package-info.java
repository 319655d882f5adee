/**
 * What an operator can ask of a deployment, and of its account: the read calls of services that
 * runs do not call themselves. Each is the SDK's client of one service; what is put into it is what
 * a template says, and everything that it does not know it refuses as the service does, or with
 * {@link UnsupportedOperationException}. Their calls take no virtual time.
 */
package dev.freezeframe.rehearsal.deployment;
