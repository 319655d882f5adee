/** Roles and permissions: each task may make exactly the calls that its code makes. */
package dev.freezeframe.infra.iam;
