/** What every call of EC2 shares: parameters, filters, tags, refusals, quotas. */
package dev.freezeframe.rehearsal.ec2.api;
