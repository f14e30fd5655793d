## people: who someone is to a child

role-mother = mother
role-father = father
role-parent = parent
role-grandparent = grandparent
role-foster = foster parent
role-guardian = guardian
role-other = caregiver
