/** Volumes: how they are made, initialized, attached, detached and deleted, and their events. */
package dev.freezeframe.rehearsal.ec2.volume;
