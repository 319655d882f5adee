/** Images: those that the fleet was launched from, and those that are registered. */
package dev.freezeframe.rehearsal.ec2.image;
