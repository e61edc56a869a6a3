(positionCaseInsensitiveUTF8(input, 'needle') > 0)
