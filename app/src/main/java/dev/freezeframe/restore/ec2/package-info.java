/** What restores ask of EC2: volumes, images, launches, and the replacement of roots. */
package dev.freezeframe.restore.ec2;
