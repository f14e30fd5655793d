## a journey

travel-button = 🧳 On a journey
travel-where = Where do you go?
    Choose a part of the world, or write the city or country.
travel-until = By the clock of { $zone } until which day?
travel-on = 🧳 Clock of { $zone } until { $day }.
    Then the clock of { $home } again.
travel-button-end = 🏠 Back at home
travel-over = 🏠 Your journey is over. The clock of { $zone } counts again.
travel-next = The next question comes { $when }.
travel-longer = 🧳 Still on a journey
