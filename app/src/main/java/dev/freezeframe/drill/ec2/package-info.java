/** Drill instances in EC2: their launch, what is theirs, and the end of both. */
package dev.freezeframe.drill.ec2;
