/**
 * EC2 and EBS as far as backups need them: instances, volumes, snapshot sets and their events.
 *
 * <p>Limits, delays and refusals are the documented ones; docs/embedded-cloud.md lists them.
 */
package dev.freezeframe.rehearsal.ec2;
