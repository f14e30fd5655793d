## cards to look at with the child

card-caption = 💛 A card to look at with { $child }.
card-title-win = { $child } did it!
card-title-goal = { $child } reached a goal!
card-kind-win = For the first time
card-kind-goal = A goal was reached
