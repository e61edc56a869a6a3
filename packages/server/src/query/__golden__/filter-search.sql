(hasToken(lower(input), 'needle'))
