/** What calls and people do to instances, how long it takes, and what can go wrong. */
package dev.freezeframe.rehearsal.ec2.instance;
